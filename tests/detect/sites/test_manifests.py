"""Packages in manifests and locks of all ecosystems, and what is none."""

import pytest

from tests.detect.sites.rows import rows

ROWS = [
    (
        "package_json",
        "package.json",
        '{"dependencies": {"openai": "4"}}',
        "1:19 openai | key dependency:npm < key dependencies",
    ),
    (
        "package_json",
        "package.json",
        '{"devDependencies": {"@a/b": "4"}}',
        "1:22 @a/b | key dependency:npm < key devDependencies",
    ),
    ("package_json", "package.json", '{"license": "MIT"}', "1:13 MIT | key license 0/1"),
    ("package_json", "composer.json", '{"require": {"a/b": "4"}}', "1:14 a/b | key dependency:composer < key require"),
    (
        "pyproject",
        "pyproject.toml",
        '[project]\ndependencies = ["Open_AI>=1"]',
        "2:18 open-ai | key dependency:pypi < item 0/1 < key dependencies < key project",
    ),
    (
        "pyproject",
        "pyproject.toml",
        '[project.optional-dependencies]\ngpu = ["vllm[x]"]',
        "2:14 x | key extra:vllm < item 0/1 < key gpu < key optional-dependencies < key project",
    ),
    (
        "pyproject",
        "pyproject.toml",
        '[dependency-groups]\ndev = ["vllm"]',
        "2:9 vllm | key dependency:pypi < item 0/1 < key dev < key dependency-groups",
    ),
    (
        "pyproject",
        "pyproject.toml",
        '[tool.poetry.dependencies]\nvllm = "1"',
        "2:1 vllm | key dependency:pypi < key dependencies < key poetry < key tool",
    ),
    ("pyproject", "Pipfile", '[packages]\nvllm = "*"', "2:1 vllm | key dependency:pypi < key packages"),
    (
        "pyproject",
        "Cargo.toml",
        '[dependencies]\nasync-openai = "1"',
        "2:1 async-openai | key dependency:cargo < key dependencies",
    ),
    ("conda", "environment.yml", "dependencies:\n- c::vllm=1", "2:6 vllm | key dependency:conda < key dependencies"),
    (
        "conda",
        "environment.yml",
        "dependencies:\n- pip:\n  - vllm",
        "3:5 vllm | key dependency:pypi < item 0/1 < key pip < item 0/1 < key dependencies",
    ),
    ("manifests", "go.mod", "require (\n\tgithub.com/a/b v1.0.0\n)", "2:2 github.com/a/b | key dependency:go"),
    ("manifests", "Gemfile", "gem 'ruby-openai', '~> 1'", "1:6 ruby-openai | key dependency:rubygems"),
    (
        "manifests",
        "pom.xml",
        "<dependency>\n<groupId>g</groupId>\n<artifactId>a</artifactId>",
        "3:13 g:a | key dependency:maven",
    ),
    ("manifests", "build.gradle", 'implementation "g.h:a:1"', "1:21 g.h:a | key dependency:maven"),
    (
        "manifests",
        "a.csproj",
        '<PackageReference Include="Azure.AI" Version="1"/>',
        "1:28 Azure.AI | key dependency:nuget",
    ),
    ("lockfile", "uv.lock", '[[package]]\nname = "Ab_c"', "2:9 ab-c | key dependency:pypi"),
    ("lockfile", "package-lock.json", '{\n "node_modules/@a/b": {', "2:16 @a/b | key dependency:npm"),
    ("lockfile", "yarn.lock", '"@a/b@^1", "@a/b@^2":\n  version 1', "1:2 @a/b | key dependency:npm"),
    ("lockfile", "pnpm-lock.yaml", "packages:\n  '@a/b@1.0.0':\n", "2:4 @a/b | key dependency:npm"),
    ("lockfile", "Cargo.lock", 'name = "a-b"', "1:9 a-b | key dependency:cargo"),
    ("lockfile", "go.sum", "github.com/a/b v1.0.0 h1:x=", "1:1 github.com/a/b | key dependency:go"),
    ("lockfile", "Gemfile.lock", "  specs:\n    ruby-openai (1.0)", "2:5 ruby-openai | key dependency:rubygems"),
    ("lockfile", "Pipfile.lock", '{\n        "vllm": {', "2:10 vllm | key dependency:pypi"),
]


@pytest.mark.parametrize(("module", "path", "text", "expected"), ROWS)
def test_package_has_its_place(module, path, text, expected):
    assert expected in rows(module, text, f"sub/{path}")


@pytest.mark.parametrize(
    ("module", "path", "text"),
    [
        ("package_json", "package.json", '{"engines": {"node": "20"}}'),
        ("pyproject", "pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.10"'),
        ("pyproject", "pyproject.toml", '[project]\nkeywords = ["openai"]'),
        ("lockfile", "uv.lock", 'version = "1"'),
        ("manifests", "go.mod", "module github.com/a/b\ngo 1.22"),
    ],
)
def test_near_misses_name_no_package(module, path, text):
    assert not any("dependency:" in line for line in rows(module, text, path))


def test_a_lock_names_each_package_once():
    assert len(rows("lockfile", 'name = "a"\nname = "a"\n', "uv.lock")) == 1

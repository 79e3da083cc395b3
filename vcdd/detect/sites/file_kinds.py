"""Names and suffixes of files by kind: plain data for `choose`. Names and suffixes are lower case."""

from __future__ import annotations

WEIGHT_SUFFIXES = "bin ckpt engine gguf h5 keras mlmodel msgpack nemo npz onnx pb pickle pkl pt pth safetensors tflite"
"""Suffixes of weight files; `bin`, `pb` and `pkl` can be other things, which size and place tell."""

NAMES = {
    "package-json": "composer.json deno.json deno.jsonc package.json",
    "weights-json": "adapter_config.json config.json model_index.json",
    "pyproject": "cargo.toml pipfile pyproject.toml",
    "manifest": (
        "build.gradle build.gradle.kts directory.packages.props gemfile go.mod mix.exs package.swift "
        "packages.config pom.xml pubspec.yaml"
    ),
    "lockfile": (
        "bun.lock cargo.lock composer.lock conda-lock.yml gemfile.lock go.sum mix.lock npm-shrinkwrap.json "
        "package-lock.json packages.lock.json pdm.lock pipfile.lock pnpm-lock.yaml poetry.lock pubspec.lock "
        "pylock.toml uv.lock yarn.lock"
    ),
    "conda": "environment.yaml environment.yml",
    "lines": "jenkinsfile",
    "shell": "procfile",
    "markdown": "copying licence license notice",
    "makefile": "gnumakefile justfile makefile",
    "python": "sconstruct tiltfile",
}
"""Kind to whole names."""

PATTERNS = (
    (r"(?:docker|container)file(?:[.\-_].*)?|.*\.(?:docker|container)file", "dockerfile"),
    (r"modelfile(?:[.\-_].*)?|.*\.modelfile", "modelfile"),
    (r"\.env.*|\.envrc|.*\.env", "env"),
    (r"(?:.*[.\-_])?env(?:rc)?(?:[.\-_].*)?\.(?:example|sample|template|dist|defaults?|local)", "env"),
    (r"env(?:ironment)?[.\-_](?:example|sample|template|dist)(?:\.txt)?", "env"),
    (r"(?:.*[.\-_])?(?:requirements?|constraints?)(?:[.\-_].*)?\.(?:txt|in|pip)|requirements", "requirements"),
    (r"environment[.\-_].*\.ya?ml", "conda"),
    (r"(?:license|licence|notice|readme|changelog|model_card|modelcard)(?:[.\-_].*)?", "markdown"),
    (r"makefile\..*", "makefile"),
    (r".*\.(?:csproj|fsproj|vbproj|gemspec)", "manifest"),
)
"""Patterns for whole names with their kinds, tried in order after `NAMES`."""

SUFFIXES = {
    "python": "bzl pxd py pyi pyw pyx",
    "javascript": "cjs cts js jsx mjs mts ts tsx",
    "markup": "astro htm html svelte vue",
    "code": (
        "c cc clj cljs cpp cr cs cu cuh cxx dart elm erl ex exs f90 fs go groovy h hh hpp hs java jl "
        "kt kts lua m ml mm nim php pl pm r rb rs scala sol swift vb zig"
    ),
    "batch": "bat cmd",
    "powershell": "ps1 psm1",
    "sql": "sql",
    "yaml": "yaml yml",
    "json": "avsc code-workspace json json5 jsonc webmanifest",
    "json-lines": "jsonl ndjson",
    "toml": "toml",
    "ini": "cfg conf desktop editorconfig ini properties service",
    "terraform": "hcl nomad tf tfvars",
    "shell": "bash command fish ksh sbatch sh slurm zsh",
    "makefile": "mak mk",
    "notebook": "ipynb",
    "markdown": "adoc asciidoc markdown md mdx org qmd rmd rst txt",
    "lines": (
        "bicep cff cmake css csv cue dhall edn ejs erb gql gradle graphql haml hbs http j2 jinja jinja2 "
        "jsonnet less libsonnet liquid mustache nix plist prompt prompty proto pug rest sass scss svg "
        "template tex tmpl tpl tsv xml"
    ),
}
"""Kind to suffixes."""

UNREAD = (
    "7z a ai arrow avi avif avro bmp bz2 class dat db dll doc docx ds_store dylib egg eot exe feather "
    "flac gif gz heic ico idx jar jpeg jpg lock m4a map mat mkv mov mp3 mp4 npy o obj ogg opus orc otf "
    "parquet pdf png ppt pptx psd pyc pyd pyo rar so sqlite sqlite3 tar tgz tif tiff ttf war wasm wav "
    "webm webp whl woff woff2 xls xlsx xz zip zst"
)
"""Suffixes of files that hold no text worth reading."""

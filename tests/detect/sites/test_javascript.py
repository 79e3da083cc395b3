"""The JavaScript reader: a table per kind of place, with near misses beside them."""

from __future__ import annotations

import pytest

from tests.detect.sites.frames import place, site_of
from vcdd.core.site import FrameKind, ReadFile
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.javascript import read


def js(text: str, path: str = "app/a.ts") -> ReadFile:
    return read(SourceFile(path=path, text=text))


PLACES = [
    # calls and what names them
    ('f("m")', "m", "call f 0/1"),
    ('f(a, "m", 3)', "m", "call f 1/3"),
    ('import { openai } from "@ai-sdk/openai"; openai("m")', "m", "call @ai-sdk/openai#openai 0/1"),
    ('import { openai as o } from "@ai-sdk/openai"; o.chat("m")', "m", "call @ai-sdk/openai#openai.chat 0/1"),
    ('import OpenAI from "openai"; new OpenAI({ model: "m" })', "m", "key model 0/1 < call openai#default 0/1"),
    ('import * as ai from "ai"; ai.generateText({ model: "m" })', "m", "key model 0/1 < call ai#generateText 0/1"),
    ('const OpenAI = require("openai"); new OpenAI("m")', "m", "call openai#default 0/1"),
    ('const { OpenAI } = require("openai"); new OpenAI("m")', "m", "call openai#OpenAI 0/1"),
    ('const O = require("openai").OpenAI; new O("m")', "m", "call openai#OpenAI 0/1"),
    ('const { OpenAI: O } = await import("openai"); new O("m")', "m", "call openai#OpenAI 0/1"),
    ('const x_1 = require("@ai-sdk/openai"); (0, x_1.openai)("m")', "m", "call @ai-sdk/openai#openai 0/1"),
    ('var _o = _interopRequireDefault(require("openai")); new _o.default("m")', "m", "call openai#default 0/1"),
    ('var o = __toESM(require("openai")); new o.OpenAI("m")', "m", "call openai#OpenAI 0/1"),
    ('const o = tslib_1.__importStar(require("openai")); new o.OpenAI("m")', "m", "call openai#OpenAI 0/1"),
    ('require("openai").create("m")', "m", "call openai#create 0/1"),
    ('a?.b!.c["d-e"](x, "m")', "m", "call a.b.c[d-e] 1/2"),
    ('z.string().default("m")', "m", "call z.string().default 0/1"),
    ('new A().b("m")', "m", "call A().b 0/1"),
    ('(a ? b : c).d("m")', "m", "call .d 0/1"),
    ("gql`m`", "m", "call gql 0/1"),
    # mappings, lists, assignments
    ('const t = { "k-1": "m" };', "m", "key k-1 0/1 < assign t"),
    ('const t = { "k-1": 1 };', "k-1", "key-itself 0/1 < assign t"),
    ('const t = { [K]: "m" };', "m", "key K 0/1 < assign t"),
    ('const t = { a: { b: "m", /* c */ d: 1 } };', "m", "key b 0/2 < key a 0/1 < assign t"),
    ('const t = ["a", "m", ...u];', "m", "item 1/3 < assign t"),
    ('const t = new Set(["m"]);', "m", "item 0/1 < call Set 0/1 < assign t"),
    ('let t: string = "m" as const;', "m", "assign t"),
    ('this.model = "m"', "m", "assign this.model"),
    ('exports.X = "m"', "m", "assign exports.X"),
    ('module.exports = { a: "m" }', "m", "key a 0/1 < assign module.exports"),
    ('export default { a: "m" }', "m", "key a 0/1 < assign exports.default"),
    ('T["k"] = "m"', "m", "key k < assign T"),
    ('T["k"] = "m"', "k", "key-itself < assign T"),
    # defaults
    ('function f(model = "m") {}', "m", "parameter model < function f"),
    ('function f({ model = "m" } = {}) {}', "m", "parameter model < function f"),
    ('function f({ model: x = "m" }: P) {}', "m", "parameter model < function f"),
    ('function f({ a: { b = "m" } }) {}', "m", "parameter a.b < function f"),
    ('const f = async (model: string = "m") => 1', "m", "parameter model < function f"),
    (
        'class A extends B { constructor(private model = "m") {} }',
        "m",
        "parameter model < function constructor < class A",
    ),
    ('f(function (o = { model: "m" }) {})', "m", "key model 0/1 < parameter o < function"),
    ('const { model = "m" } = config', "m", "fallback config.model < assign model"),
    ('const { MODEL = "m" } = process.env', "m", "fallback $MODEL < assign MODEL"),
    ('const { a: { b: c = "m" } } = config', "m", "fallback config.a.b < assign c"),
    ('const a = config.model ?? "m"', "m", "fallback config.model < assign a"),
    ('const a = process.env.MODEL || "m"', "m", "fallback $MODEL < assign a"),
    ('const a = process.env["MODEL"]! || "m"', "m", "fallback $MODEL < assign a"),
    ('const a = import.meta.env.VITE_M ?? "m"', "m", "fallback $VITE_M < assign a"),
    ('const a = Deno.env.get("MODEL") ?? "m"', "m", "fallback $MODEL < assign a"),
    ('const a = x ?? y ?? "m"', "m", "fallback x < assign a"),
    ('a ??= "m"', "m", "fallback a < assign a"),
    ('a += "m"', "m", "assign a"),
    ('f({ model: o.model || "m" })', "m", "fallback o.model < key model 0/1 < call f 0/1"),
    ('if (!model) model = "m"', "m", "assign model < fallback model"),
    ('if (this.model === undefined) { this.model = "m" }', "m", "assign this.model < fallback this.model"),
    # branches
    ('const a = b ? "m" : "n"', "m", "branch b 0/2 < assign a"),
    ('const a = b === "q" ? "l" : "m"', "m", "branch b 1/2 < assign a"),
    ('const a = b && "m"', "m", "branch b 0/1 < assign a"),
    ('if (p === "q") { f("m") }', "m", "call f 0/1 < branch p"),
    ('switch (p) { case "q": return f("m"); default: }', "m", "call f 0/1 < return < branch p 0/2"),
    # comparisons
    ('if (a.model === "m") {}', "m", "compare a.model"),
    ('if ("m" !== b) {}', "m", "compare b"),
    ('if ("m" in table) {}', "m", "compare table"),
    ('switch (a.b) { case "m": }', "m", "compare a.b"),
    ('f(a.model === "m")', "m", "compare a.model"),
    ('a.model.startsWith("m")', "m", "compare a.model < call a.model.startsWith 0/1"),
    ('models.includes("m")', "m", "compare models < call models.includes 0/1"),
    ('["m", "n"].includes(model)', "m", "item 0/2 < compare model"),
    ('T["m"]', "m", "subscript T"),
    ('function f() { return "m" }', "m", "return < function f"),
    ('const f = () => "m"', "m", "return < function f"),
    ('const f = () => ({ a: "m" })', "m", "key a 0/1 < return < function f"),
    # definitions
    ('class A extends B { model = "m" }', "m", "field model < class A"),
    ('class A { static #x: string = "m" }', "m", "field #x < class A"),
    ('class A { get b() { return "m" } }', "m", "return < function b < class A"),
    ('const o = { run() { return "m" } }', "m", "return < function run"),
    ('exports.f = async () => { g("m") }', "m", "call g 0/1 < function f"),
    ('describe("d", () => { f("m") })', "m", "call f 0/1 < function"),
    ('useMemo(() => f("m"), [])', "m", "call f 0/1 < return < function"),
    ('type T = "a" | "m" | (string & {})', "m", "type 1/3 < assign T"),
    ('interface I { model: "m" }', "m", "type 0/1 < field model < class I"),
    ('type T = { model: "m" }', "m", "type 0/1 < key model < assign T"),
    ('function f(model: "m" | "n") {}', "m", "type 0/2 < parameter model < function f"),
    ('enum E { A = "m", B = "n" }', "m", "enum A 0/2 < class E"),
    ('var E; (function (E) { E["A"] = "m" })(E || (E = {}))', "m", "key A < assign E < function"),
    # no place at all
    ('"m";', "m", ""),
    ('if (x) { "m" }', "m", "branch x"),
    ('throw new Error("m")', "m", "call Error 0/1"),
]


@pytest.mark.parametrize(("code", "wanted", "expected"), PLACES)
def test_a_string_is_reported_with_the_place_where_it_stands(code: str, wanted: str, expected: str) -> None:
    assert place(site_of(js(code), wanted)) == expected


SYMBOLS = [
    ("f(MODEL)", "MODEL", "call f 0/1"),
    ("f({ model: config.model })", "config.model", "key model 0/1 < call f 0/1"),
    ("f({ model })", "model", "key model 0/1 < call f 0/1"),
    ("f({ ...base })", "base", "key ... 0/1 < call f 0/1"),
    ("f([...base])", "base", "item ... 0/1 < call f 0/1"),
    ("f({ model: process.env.MODEL })", "$MODEL", "key model 0/1 < call f 0/1"),
    ("f({ model: models[0] })", "models[0]", "key model 0/1 < call f 0/1"),
    ("f({ model: getModel() })", "getModel()", "call getModel < key model 0/1 < call f 0/1"),
    ("const client = new OpenAI()", "OpenAI()", "call OpenAI < assign client"),
    ("await client.chat.create({ a: 1 })", "client.chat.create()", "call client.chat.create"),
    ('import { M } from "./config"; f(M)', "./config#M", "call f 0/1"),
    ('import * as c from "./config"; f(c.M)', "./config#M", "call f 0/1"),
    ('import * as c from "./config"; f(c)', "./config#*", "call f 0/1"),
    ("const a = b.model ?? c", "c", "fallback b.model < assign a"),
    ("const { model } = config", "config.model", "assign model"),
    ("const { OPENAI_MODEL } = process.env", "$OPENAI_MODEL", "assign OPENAI_MODEL"),
    ("function f(model = DEFAULT) {}", "DEFAULT", "parameter model < function f"),
    ("function f() { return this.model }", "this.model", "return < function f"),
    ("const l = [A]", "A", "item 0/1 < assign l"),
    ("export { local as Name }", "local", "assign exports.Name"),
    ("const u = `https://h/${model}/x`", "model", "format 1/3 < assign u"),
    ("T[KEY]", "KEY", "subscript T"),
]


@pytest.mark.parametrize(("code", "symbol", "expected"), SYMBOLS)
def test_a_name_is_reported_where_a_string_could_stand(code: str, symbol: str, expected: str) -> None:
    assert place(site_of(js(code), f"@{symbol}")) == expected


@pytest.mark.parametrize(
    "code",
    [
        "if (model) {}",
        "model;",
        "a.b;",
        "for (const m of models) {}",
        "if (a === b) {}",
        "x = 1",
        "f(3)",
        "let y",
        "!a",
        "a - b",
    ],
)
def test_names_that_cannot_lead_to_a_string_are_left_out(code: str) -> None:
    assert [site.symbol for site in js(code).sites] == []


@pytest.mark.parametrize(
    ("code", "text", "composed"),
    [
        ("f(`a/b`)", "a/b", False),
        ("f(`a/${x}`)", "a/{x}", True),
        ("f(`a/${x.y[0]}/b`)", "a/{x.y[0]}/b", True),
        ("f(`a/${'b'}/${`c`}`)", "a/b/c", True),
        ("f(`a/${x ? 1 : 2}`)", "a/{}", True),
        ('f("a/" + x + "-b")', "a/{x}-b", True),
        ('f("a" + "b")', "ab", True),
        ('f(x + "/b")', "{x}/b", True),
        ('f("a" + `b${c}`)', "ab{c}", True),
        (r"f('\x41\u0042\u{43}\n\'')", "ABC\n'", False),
        ('f("\\\nx")', "x", False),
        ("f(`${process.env.ORG}/m`)", "{$ORG}/m", True),
    ],
)
def test_templates_sums_and_escapes_give_one_value(code: str, text: str, composed: bool) -> None:
    site = site_of(js(code), text)
    assert (site.text, site.composed, site.column) == (text, composed, 3)


def test_running_text_over_several_lines_keeps_the_line_of_each_part() -> None:
    sites = [
        (site.line, site.text)
        for site in js('const a = "use the\\n" +\n  "model m-1" +\n  `or ${b} then`').sites
        if site.text
    ]
    assert sites == [(1, "use the\n"), (2, "model m-1"), (3, "or {b} then")]


def test_an_address_over_several_lines_is_one_text() -> None:
    site = site_of(js('const a = "https://h" +\n  "/v1/" +\n  model'), "https://h/v1/{model}")
    assert (site.line, site.composed) == (1, True)


def test_a_sum_of_numbers_or_names_is_no_string() -> None:
    assert [site.text for site in js("f(a + b, 1 + 2)").sites if site.text] == []


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('import "m"', [("", "m")]),
        ('import a, { b as c, d } from "m"', [("a", "m#default"), ("c", "m#b"), ("d", "m#d")]),
        ('import * as n from "m"', [("n", "m#*")]),
        ('import type { T } from "m"', [("T", "m#T")]),
        ('import m = require("m")', [("m", "m#*")]),
        ('export { A as B } from "./b"', [("B", "./b#A")]),
        ('export * from "./c"', [("*", "./c#*")]),
        ('export * as Z from "./d"', [("Z", "./d#*")]),
        ('const m = require("m")', [("m", "m#*")]),
        ('const { a: b } = require("m")', [("b", "m#a")]),
        ('require("m")', [("", "m")]),
        ('const m = await import("m")', [("m", "m#*")]),
        ("require(name)", []),
        ('notRequire("m")', []),
    ],
)
def test_imports_in_every_form(code: str, expected: list[tuple[str, str]]) -> None:
    assert [(item.name, item.source) for item in js(code).imports] == expected


def test_a_module_name_is_no_site() -> None:
    read_file = js('import a from "gpt-4"; const b = require("gpt-5"); export * from "gpt-6"')
    assert read_file.sites == ()


def test_a_local_name_hides_an_import() -> None:
    code = 'import { openai } from "m"; function f(openai) { openai("a") } openai("b")'
    assert place(site_of(js(code), "a")) == "call openai 0/1 < function f"
    assert place(site_of(js(code), "b")) == "call m#openai 0/1"


def test_require_in_one_function_does_not_leak_into_another() -> None:
    code = 'a(function () { const e = require("openai"); e.x("m") }); a(function (e) { e.x("n") })'
    assert place(site_of(js(code), "m")).startswith("call openai#x ")
    assert place(site_of(js(code), "n")).startswith("call e.x ")


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ('f("a", "m")', ("a", "m")),
        ('f({ model: "m", baseURL: "u", n: 1, key: process.env.K })', ("model=m", "baseURL=u", "n=1", "key=$K")),
        ('f({ model: "m", baseURL: process.env.U ?? "u" })', ("model=m", "baseURL=u")),
        ('f({ model: "m", baseURL: `${h}/v1`, apiKey })', ("model=m", "baseURL={h}/v1", "apiKey=$apiKey")),
        ('f({ model: "m", messages: [] })', ("model=m",)),
    ],
)
def test_a_call_carries_the_literals_beside_a_string(code: str, labels: tuple[str, ...]) -> None:
    call = site_of(js(code), "m").first(FrameKind.CALL)
    assert call is not None
    assert call.labels == labels


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ('a === "m"', ("==",)),
        ('switch (a) { case "m": }', ("==",)),
        ('"m" in a', ("==",)),
        ('set.has("m")', ("==",)),
        ('a.startsWith("m")', ("in",)),
        ('a.includes("m")', ("in",)),
    ],
)
def test_a_comparison_says_whether_it_is_whole(code: str, labels: tuple[str, ...]) -> None:
    frame = site_of(js(code), "m").first(FrameKind.COMPARE)
    assert frame is not None
    assert frame.labels == labels


def test_a_class_frame_carries_bases_and_decorators() -> None:
    code = 'import { Base } from "./b"; @Dec("x") class A extends Base<T> implements I { m = "m" }'
    frame = site_of(js(code), "m").first(FrameKind.CLASS)
    assert frame is not None
    assert frame.bases == ("Dec", "./b#Base", "I")


def test_a_call_stands_for_its_result_with_its_own_literals() -> None:
    site = site_of(js('const c = new OpenAI({ baseURL: "u", apiKey: process.env.K })'), "@OpenAI()")
    assert site.frames[0].labels == ("baseURL=u", "apiKey=$K")


def test_a_function_frame_carries_its_parameter_names_in_order() -> None:
    frame = site_of(js('const f = (a, { b }, c = 1, ...d: string[]) => "m"'), "m").first(FrameKind.FUNCTION)
    assert frame is not None
    assert frame.labels == ("a", "", "c", "d")


def test_a_function_without_parameters_has_no_labels() -> None:
    frame = site_of(js('function f() { g("m") }'), "m").first(FrameKind.FUNCTION)
    assert frame is not None
    assert frame.labels == ()


def test_comments_give_one_site_per_line_without_marks() -> None:
    read_file = js('/** first\n * "second"\n */\nconst a = 1; // third\n//\n')
    assert [(site.line, site.column, site.text) for site in read_file.sites] == [
        (1, 5, "first"),
        (2, 4, '"second"'),
        (4, 17, "third"),
    ]
    assert {place(site) for site in read_file.sites} == {"comment"}


def test_a_commented_out_entry_is_a_comment_only_and_is_not_counted() -> None:
    read_file = js('const l = ["a", /* "b", */ "c"]')
    assert place(site_of(read_file, "c")) == "item 1/2 < assign l"
    assert place(site_of(read_file, '"b",')) == "comment"


@pytest.mark.parametrize(
    ("code", "wanted", "expected"),
    [
        ('<Chat model="m" />', "m", "key model 0/1 < call Chat"),
        ('<Chat a model={"m"}>x</Chat>', "m", "key model 1/2 < call Chat"),
        ("<option>m</option>", "m", "prose < call option"),
        ('import { Chat } from "./c"; <Chat model="m" />', "m", "key model 0/1 < call ./c#Chat"),
        ('<A>{ok ? "m" : "n"}</A>', "m", "branch ok 0/2 < call A"),
        ('<A onClick={() => f("m")} />', "m", "call f 0/1 < return < function onClick"),
    ],
)
def test_jsx_is_a_call_with_keys(code: str, wanted: str, expected: str) -> None:
    assert place(site_of(js(code, "a.tsx"), wanted)) == expected


def test_columns_count_code_points_also_after_wide_characters() -> None:
    site = site_of(js('const é = "💡"; f("m")'), "m")
    assert (site.line, site.column) == (1, 18)


def test_a_window_is_placed_in_the_real_file() -> None:
    source = SourceFile(path="a.js", text='f("m")\ng("n")', offset_lines=10, offset_columns=500)
    sites = read(source).sites
    assert [(site.text, site.line, site.column) for site in sites] == [("m", 11, 503), ("n", 12, 3)]


def test_strings_of_one_table_share_its_line() -> None:
    frames = [site.frames[0] for site in js('const t = {\n a: "x",\n b: "y",\n}').sites]
    assert [(frame.name, frame.index, frame.size, frame.line) for frame in frames] == [("a", 0, 2, 1), ("b", 1, 2, 1)]


def test_a_list_in_a_string_gives_a_site_per_line() -> None:
    read_file = js("const a = `\n  m-1\n  m-2\n`")
    assert [(site.line, site.column, site.text) for site in read_file.sites if "\n" not in site.text] == [
        (2, 3, "m-1"),
        (3, 3, "m-2"),
    ]


def test_minified_text_gives_its_strings_but_not_its_one_letter_names() -> None:
    code = ";".join(f'e.x("m{number}",t,r(n),q.model,i(s))' for number in range(200))
    read_file = js(code, "a.min.js")
    assert [site.text for site in read_file.sites if site.text] == [f"m{number}" for number in range(200)]
    assert {site.symbol for site in read_file.sites} <= {"", "r()", "i()", "q.model"}
    assert all(code[site.column - 1] == '"' for site in read_file.sites if site.text)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.js", "// @flow\nconst a = (x: string): void => f('m');"),
        ("a.js", "const a = <Chat model='m' />;"),
        ("a.ts", "const a = <string>f('m');"),
        ("a.mts", "import type { A } from 'a'; f('m');"),
        ("a.cjs", "#!/usr/bin/env node\nmodule.exports = f('m');"),
        ("a.jsx", "const a = <Chat model='m' />;"),
    ],
)
def test_each_suffix_finds_its_grammar(path: str, code: str) -> None:
    read_file = js(code, path)
    assert read_file.fallback_reason == ""
    assert site_of(read_file, "m")


@pytest.mark.parametrize(
    "code",
    [
        'f({ model: "m", ',
        '<<<<<<< HEAD\nf({ model: "m" })\n=======\ng()\n>>>>>>> b',
        'const a = { model: "m" ; } }',
        "function ( { f('m')",
    ],
)
def test_a_broken_file_gives_what_could_be_parsed_and_says_so(code: str) -> None:
    read_file = js(code)
    assert any(site.text == "m" for site in read_file.sites)
    assert read_file.fallback_reason.startswith("syntax error at line ")
    assert "error recovery" in read_file.fallback_used


def test_control_characters_of_the_target_do_not_come_back_through_escapes() -> None:
    assert [site.text for site in js(r'f("a\u001b[31m\u202e")').sites] == ["a\ufffd[31m\ufffd"]

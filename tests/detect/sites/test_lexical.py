"""The lexical reader: for each language the places where ids stand, with near misses beside them."""

from __future__ import annotations

import pytest

from tests.detect.sites.frames import place, site_of
from vcdd.core.site import FrameKind, ReadFile
from vcdd.core.source_file import SourceFile
from vcdd.detect.sites.lexical import read


def code(suffix: str, text: str) -> ReadFile:
    return read(SourceFile(path=f"src/a.{suffix}", text=text))


PLACES = [
    ("go", 'c.Do(ctx, "m")', "call c.Do 1/2"),
    ("go", "c.Do(`m`)", "call c.Do 0/1"),
    ("go", 'x := openai.Req{Model: "m", N: 1}', "key Model < call openai.Req < assign x"),
    ("go", 'c.Do(ctx, &openai.Req{Model: "m"})', "key Model < call openai.Req < call c.Do 1/2"),
    ("go", 'const Default = "m"', "assign Default"),
    ("go", 'const (\n\tA Model = "m"\n\tB = "n"\n)', "assign A"),
    ("go", 'var x string = "m"', "assign x"),
    ("go", 'resp, err := f("m")', "call f 0/1 < assign resp"),
    ("go", 'l := []string{"m", "n"}', "item 0/2 < assign l"),
    ("go", 't := map[string]string{"k": "m"}', "key k < assign t"),
    ("go", 'func (s *S) F() string {\n\treturn "m"\n}', "return < function F"),
    ("go", 'func F() {\n\tif m == "" {\n\t\tm = "m"\n\t}\n}', "assign m < fallback m < function F"),
    ("go", 'if model == "m" {\n}', "compare model"),
    ("go", 'if strings.HasPrefix(x, "m") {\n}', "compare strings < call strings.HasPrefix 1/2"),
    ("go", 'switch x {\ncase "l", "m":\n}', "compare x < branch x"),
    ("go", 'x := cmp.Or(os.Getenv("E"), "m")', "fallback $E < call cmp.Or 1/2 < assign x"),
    ("rust", 'pub const X: &str = "m";', "assign X"),
    ("rs", 'let r = Req { model: "m".into(), n: 1 };', "key model < call Req < assign r"),
    ("rs", 'let r = Req::default().model("m");', "call Req.default().model 0/1 < assign r"),
    ("rs", 'let m = env::var("E").unwrap_or("m".into());', "fallback $E < call env.var().unwrap_or 0/1 < assign m"),
    ("rs", 'let m = env::var("E").unwrap_or_else(|_| "m".to_string());', None),
    ("rs", 'let v = vec!["m", "n"];', "item 0/2 < assign v"),
    ("rs", 'match x { "l" | "m" => f(), _ => g() }', "compare x < branch x"),
    ("rs", 'match x { "l" => f("m"), _ => g() }', "call f 0/1 < branch x < branch x"),
    ("rs", 'impl C for A {\n fn f(&self) -> String { "m".into() }\n}', "function f < class A"),
    ("rs", 'let x = r#"m"#;', "assign x"),
    ("java", 'class A { static final String X = "m"; }', "field X < class A"),
    ("java", 'var m = M.builder()\n  .apiKey(k)\n  .modelName("m")\n  .build();', None),
    ("java", 'class A { void f() { this.model = "m"; } }', "assign this.model < function f < class A"),
    ("java", 'enum M { GPT("m"), O("o"); }', "call GPT 0/1 < enum GPT < class M"),
    ("java", 'String[] a = {"m", "n"};', "item 0/2 < assign a"),
    ("java", 'if ("m".equals(x)) {}', "compare x"),
    ("java", 'if (x.startsWith("m")) {}', "compare x < call x.startsWith 0/1"),
    ("java", 'String d = map.getOrDefault("k", "m");', "fallback k < call map.getOrDefault 1/2 < assign d"),
    ("java", 'return opt.orElse("m");', "fallback opt < call opt.orElse 0/1 < return"),
    ("java", 'String t = a == null ? "l" : "m";', "branch 1/2 < assign t"),
    ("java", 'switch (x) { case "m" -> f(); }', "compare x < branch x"),
    ("kt", 'const val X = "m"', "assign X"),
    ("kt", 'data class C(val model: String = "m")', "field model < class C"),
    ("kt", 'fun f(model: String = "m") {}', "parameter model < function f"),
    ("kt", 'val x = System.getenv("E") ?: "m"', "fallback $E < assign x"),
    ("kt", 'val x = mapOf("k" to "m")', "key k < call mapOf 0/1 < assign x"),
    ("kt", 'chat(model = "m")', "keyword model < call chat"),
    ("kt", 'fun f(): String {\n return if (x) "m" else "n"\n}', "branch < return < function f"),
    ("kt", 'when (x) { "m" -> f() }', "compare x < branch x"),
    ("scala", 'def f(model: String = "m") = {}', "parameter model < function f"),
    ("cs", 'class A : B { private const string X = "m"; }', "field X < class A"),
    ("cs", 'class A { public string Model { get; set; } = "m"; }', "field Model < class A"),
    ("cs", 'async Task<string> F(string model = "m") { }', "parameter model < function F"),
    ("cs", 'var c = new Client(model: "m");', "keyword model < call Client < assign c"),
    ("cs", 'var o = new Options { Model = "m" };', "key Model < call Options < assign o"),
    ("cs", 'var d = new Dictionary<string, string> { ["k"] = "m" };', "key k < call Dictionary < assign d"),
    ("cs", 'var x = cfg["K"] ?? "m";', "fallback cfg[K] < assign x"),
    ("cs", 'var x = @"m";', "assign x"),
    ("rb", 'class A < B\n  X = "m"\nend', "assign X < class A"),
    ("rb", 'def f(model: "m")\nend', "parameter model < function f"),
    ("rb", 'c.chat(parameters: { model: "m" })', "key model < keyword parameters < call c.chat"),
    ("rb", 'x = { "k" => "m" }', "key k < assign x"),
    ("rb", 'x = { :k => "m" }', "key k < assign x"),
    ("rb", 'x = ENV["E"] || "m"', "fallback $E < assign x"),
    ("rb", 'x = ENV.fetch("E", "m")', "fallback $E < call ENV.fetch 1/2 < assign x"),
    ("rb", 'x ||= "m"', "fallback x < assign x"),
    ("rb", 'puts "m"', "call puts 0/1"),
    ("rb", "class C\n  option :k, 'm'\nend", "key k < call option < class C"),
    ("rb", "option(:k, 'm', 1)", "key k < call option 1/3"),
    ("rb", 'attribute :k, :string, default: "m"', "keyword default < key k < call attribute"),
    ("ex", 'field :k, :string, default: "m"', "keyword default < key k < call field"),
    ("rb", "x = %w[l m]", "item 1/2 < assign x"),
    ("php", "class A { const X = 'm'; }", "field X < class A"),
    ("php", "function f(string $model = 'm') {}", "parameter model < function f"),
    ("php", "$c->create(['model' => 'm']);", "key model < call c.create 0/1"),
    ("php", "$x = $_ENV['E'] ?? 'm';", "fallback $E < assign x"),
    ("php", "$x = getenv('E') ?: 'm';", "fallback $E < assign x"),
    ("php", "$this->model = 'm';", "assign this.model"),
    ("php", "$x = env('E', 'm');", "fallback $E < call env 1/2 < assign x"),
    ("swift", 'enum M: String { case a = "m" }', "enum a < class M"),
    ("swift", 'struct A { let model: String = "m" }', "field model < class A"),
    ("swift", 'func f(model: String = "m") {}', "parameter model < function f"),
    ("swift", 'let q = Query(model: "m")', "keyword model < call Query < assign q"),
    ("swift", 'let d = ["k": "m"]', "key k < assign d"),
    ("swift", 'let x = env["E"] ?? "m"', "fallback env[E] < assign x"),
    ("dart", "class A { static const String x = 'm'; }", "field x < class A"),
    ("dart", "Future<String> f({String model = 'm'}) async {}", "parameter model < function f"),
    ("dart", "final r = Gen(model: 'm');", "keyword model < call Gen < assign r"),
    ("ex", 'defmodule A do\n  @model "m"\nend', "assign model < class A"),
    ("ex", 'C.chat(model: "m")', "keyword model < call C.chat"),
    ("ex", 'x = System.get_env("E") || "m"', "fallback $E < assign x"),
    ("ex", 'x = %{"k" => "m"}', "key k < assign x"),
    ("lua", 'M.model = "m"', "assign M.model"),
    ("lua", 'c:chat({ model = "m" })', "key model < call c.chat 0/1"),
    ("lua", 'local x = os.getenv("E") or "m"', "fallback $E < assign x"),
    ("lua", "local x = [[m]]", "assign x"),
    ("cpp", '#define MODEL "m"', "assign MODEL"),
    ("cpp", 'static const char X[] = "m";', "assign X"),
    ("cpp", 'if (strcmp(x, "m") == 0) {}', None),
    ("cpp", 'load(R"(m)");', "call load 0/1"),
    ("zig", 'const x = "m";', "assign x"),
    ("unknown", 'x = "m"', "assign x"),
]


@pytest.mark.parametrize(("suffix", "text", "expected"), PLACES)
def test_a_string_is_reported_with_the_nearest_syntax(suffix: str, text: str, expected: str | None) -> None:
    read_file = code(suffix, text)
    found = place(site_of(read_file, "m"))
    if expected is None:  # too long for a row: only what counts
        assert found.split(" < ")[0].split()[0] in {"call", "fallback", "compare"}
    else:
        assert found == expected


def test_a_builder_call_is_named_by_its_whole_chain() -> None:
    read_file = code("java", 'ChatModel c = M.builder()\n  .apiKey("k")\n  .modelName("m")\n  .build();')
    assert place(site_of(read_file, "m")) == "call M.builder().apiKey().modelName 0/1 < assign c"


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        ("java", 'M.b()\n // c\n .k(1)\n /* d */ .modelName("m")', "call M.b().k().modelName 0/1"),
        ("rs", 'client\n    .chat()\n    .model("m")', "call client.chat().model 0/1"),
        ("rs", 'a.b()?.model("m")', "call a.b().model 0/1"),
        ("java", 'f(x)\n g("m")', "call g 0/1"),
    ],
)
def test_a_chain_goes_on_over_lines_and_comments(suffix: str, text: str, expected: str) -> None:
    assert place(site_of(code(suffix, text), "m")) == expected


@pytest.mark.parametrize(
    ("suffix", "text", "value"),
    [
        ("go", 'f("a" + x + "/b")', "a{x}/b"),
        ("go", 'f(base + "/b")', "{base}/b"),
        ("kt", 'f("a/$x/${y.z}")', "a/{x}/{y.z}"),
        ("kt", 'f("a/${m["k"]}")', "a/{}"),
        ("rb", 'f("a/#{x}")', "a/{x}"),
        ("rb", "f('a/#{x}')", "a/#{x}"),
        ("php", 'f("a/$x");', "a/{x}"),
        ("php", "f($x . '/b');", "{x}/b"),
        ("swift", 'f("a/\\(x)/b")', "a/{x}/b"),
        ("cs", 'f($"a/{x}/b");', "a/{x}/b"),
        ("cs", 'f("a/{x}/b");', "a/{x}/b"),
        ("dart", "f('a/$x');", "a/{x}"),
        ("dart", "f('a' 'b');", "ab"),
        ("c", 'f("a" "b");', "ab"),
        ("lua", 'f("a/" .. x)', "a/{x}"),
        ("ex", 'f("a/" <> x)', "a/{x}"),
        ("java", r'f("\u0041\t");', "A\t"),
        ("go", r"f(`\d`)", r"\d"),
        ("rs", 'f(r#"a"b"#)', 'a"b'),
        ("cs", 'f(@"a""\\b");', 'a"\\b'),
        ("java", 'f("""\n  a\n  b c\n  """);', "\n  a\n  b c\n  "),
    ],
)
def test_values_follow_the_quoting_rules_of_the_language(suffix: str, text: str, value: str) -> None:
    assert value in [site.text for site in code(suffix, text).sites]


@pytest.mark.parametrize(
    ("suffix", "text", "comments"),
    [
        ("go", '// a "b"\n/* c\n * d */ f("m")', ['a "b"', "c", "d"]),
        ("rb", '# a "b"\nf("m")', ['a "b"']),
        ("lua", '-- a\n--[[ b\nc ]] f("m")', ["a", "b", "c"]),
        ("php", '# a\n// b\nf("m");', ["a", "b"]),
        ("go", 'f("m", "https://h") // a', ["a"]),
        ("hs", '-- a\nf "m"', ["a"]),
    ],
)
def test_comments_are_sites_of_their_own(suffix: str, text: str, comments: list[str]) -> None:
    read_file = code(suffix, text)
    assert [site.text for site in read_file.sites if site.has(FrameKind.COMMENT)] == comments
    assert not site_of(read_file, "m").has(FrameKind.COMMENT)


def test_a_quote_in_a_character_literal_or_lifetime_opens_no_string() -> None:
    assert [site.text for site in code("rs", "let c = '\"'; fn f<'a>(x: &'a str) {} g(\"m\");").sites if site.text] == [
        "m"
    ]
    assert [site.text for site in code("java", 'char c = \'"\'; g("m");').sites if site.text] == ["m"]


SYMBOLS = [
    ("go", "c.Do(ctx, openai.Req{Model: openai.GPT4o})", "openai.GPT4o", "key Model < call openai.Req < call c.Do 1/2"),
    ("java", 'B.builder().model(ChatModel.GPT_4O).k("x")', "ChatModel.GPT_4O", "call B.builder().model 0/1"),
    ("kt", "chat(model = DEFAULT)", "DEFAULT", "keyword model < call chat"),
    ("swift", "chat(model: .gpt4o)", ".gpt4o", "keyword model < call chat"),
    ("go", 'm := os.Getenv("E")', "$E", "assign m"),
    ("rb", 'm = ENV["E"]', "$E", "assign m"),
    ("go", "m := cfg.Model\n", "cfg.Model", "assign m"),
    ("rs", "r.b().model(model)", "model", "call r.b().model 0/1"),
    ("go", "c.WithModel(modelName)", "modelName", "call c.WithModel 0/1"),
    ("cs", 'var c = new Client("u");', "Client()", "call Client < assign c"),
]


@pytest.mark.parametrize(("suffix", "text", "symbol", "expected"), SYMBOLS)
def test_a_name_is_reported_where_a_string_could_stand(suffix: str, text: str, symbol: str, expected: str) -> None:
    assert place(site_of(code(suffix, text), f"@{symbol}")) == expected


@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        ("go", 'import (\n\toa "github.com/x/y"\n\t"os"\n)', [("oa", "github.com/x/y"), ("os", "os")]),
        ("java", "import a.b.C;", [("C", "a.b.C")]),
        ("kt", "import a.b.C as D", [("D", "a.b.C")]),
        ("cs", "using X = A.B;", [("X", "A.B")]),
        ("rs", "use a::b::C;", [("C", "a::b::C")]),
        ("php", "use A\\B;", [("B", "A\\B")]),
        ("rb", 'require "openai"', [("openai", "openai")]),
        ("dart", "import 'package:a/b.dart' as z;", [("z", "package:a/b.dart")]),
        ("ex", "alias A.B", [("B", "A.B")]),
        ("go", "x := 1", []),
    ],
)
def test_imports_are_noted_and_their_strings_are_no_sites(
    suffix: str, text: str, expected: list[tuple[str, str]]
) -> None:
    read_file = code(suffix, text)
    assert [(item.name, item.source) for item in read_file.imports] == expected
    assert [site for site in read_file.sites if site.text] == []


def test_a_call_carries_the_literals_beside_a_string() -> None:
    call = site_of(code("kt", 'f("a", model = "m", url = "u")'), "m").first(FrameKind.CALL)
    assert call is not None
    assert call.labels == ("a", "model=m", "url=u")


def test_the_calls_of_one_builder_carry_each_others_literals() -> None:
    text = 'M.builder().apiKey(System.getenv("K")).modelName("m").baseUrl("u").build()'
    call = site_of(code("java", text), "m").first(FrameKind.CALL)
    assert call is not None
    assert call.labels == ("m", "apiKey=$K", "baseUrl=u")


def test_a_class_frame_carries_what_it_extends() -> None:
    for suffix, text in [
        ("java", 'class A extends B<X> implements C, D { String m = "m"; }'),
        ("kt", 'class A(x: X) : B(), C, D {\n val m = "m"\n}'),
    ]:
        frame = site_of(code(suffix, text), "m").first(FrameKind.CLASS)
        assert frame is not None
        assert frame.bases == ("B", "C", "D")


def test_lines_and_columns_count_from_one_in_code_points() -> None:
    source = SourceFile(path="a.go", text='x := "é"\n\tf("💡", "m")', offset_lines=5)
    assert [(site.text, site.line, site.column) for site in read(source).sites if site.text] == [
        ("é", 6, 6),
        ("💡", 7, 4),
        ("m", 7, 9),
    ]

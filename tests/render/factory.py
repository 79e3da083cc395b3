"""Two reports built by hand: a rich one that has every part, and an empty one. No name of a real start-up in them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from vcdd.core.cost import Alternative, Cost, CostSummary, Estimate, Price, SelfHosting
from vcdd.core.evidence import Confidence, Evidence
from vcdd.core.fact import Fact, unknown
from vcdd.core.finding import (
    Action,
    Attestation,
    Claim,
    Decision,
    Dimension,
    Effort,
    Finding,
    Outcome,
    Question,
    Severity,
)
from vcdd.core.location import Location
from vcdd.core.model import (
    Ancestor,
    Condition,
    ConditionKind,
    DateKind,
    Developer,
    Lab,
    Licence,
    LicenceClass,
    Lifecycle,
    LifecycleStatus,
    Model,
    ModelUse,
    Role,
    Weights,
)
from vcdd.core.reference import Hints, Observation, ObservationKind, Reason, Reference, ReferenceKind
from vcdd.core.report import RegistryInfo, Report, TargetInfo, Unresolved
from vcdd.core.route import Provider, Route, RouteKind
from vcdd.core.source_file import Coverage, Fallback, Skipped

CHECKED = date(2026, 11, 20)


def known(value, source="registry", *, confidence=Confidence.HIGH, note=""):
    return Fact(value=value, source=source, checked=CHECKED, confidence=confidence, note=note)


def lab(lab_id, name, country, **more):
    fact = known(country, f"https://example.org/{lab_id}") if country else unknown("no source names a seat")
    return Lab(id=lab_id, name=name, country=fact, **more)


OPENAI = lab("openai", "OpenAI", "US")
ANTHROPIC = lab("anthropic", "Anthropic", "US")
DEEPSEEK = lab("deepseek", "DeepSeek", "CN")
ALIBABA = lab("alibaba", "Alibaba (Qwen)", "CN", parent="Alibaba Group", parent_country=known("CN"))
META = lab("meta", "Meta AI", "US")
KUAISHOU = lab("kuaishou", "Kuaishou (Kling)", "CN")
LIGHTRICKS = lab("lightricks", "Lightricks", "IL")
UNSEATED = lab("somebody", "Somebody", "")


def provider(provider_id, name, kind, country, storage="not-stated", storage_country=None, host=""):
    where = known(storage_country) if storage_country else unknown("the terms do not say")
    return Provider(
        id=provider_id,
        name=name,
        kind=kind,
        country=known(country),
        contracting_entity=known(f"{name} Inc."),
        contracting_country=known(country),
        storage=known(storage),
        storage_country=where,
        trains_by_default=Fact(value=False, source="terms", checked=CHECKED),
        retention=known("30 days"),
        dpa=Fact(value=True, source="terms", checked=CHECKED),
        hosts=(host,) if host else (),
    )


OPENAI_API = provider("openai", "OpenAI", RouteKind.VENDOR_API, "US", "stated", "US", "api.openai.com")
DEEPSEEK_API = provider("deepseek", "DeepSeek", RouteKind.VENDOR_API, "CN", "stated", "CN", "api.deepseek.com")
FAL = provider("fal", "fal.ai", RouteKind.AGGREGATOR, "US", host="fal.run")


def route(via=None, kind=RouteKind.SELF_HOSTED, host="", open_symbol="", why="SDK"):
    if via is None:
        return Route(kind=kind, host=host, why=why, open_symbol=open_symbol)
    return Route(
        kind=via.kind,
        provider=via,
        host=host or (via.hosts[0] if via.hosts else ""),
        storage=via.storage,
        storage_country=via.storage_country,
        why=why,
        open_symbol=open_symbol,
    )


def reference(written, path, line, evidence=Evidence.BOUND, slot="", **more):
    fields = {
        "kind": ReferenceKind.API_MODEL,
        "way": "keyword",
        "detector": "python",
        "reason": Reason(rule="loader", row="openai-chat", links=(f"{path}:{line} MODEL",)),
        **more,
    }
    return Reference(
        written=written,
        evidence=evidence,
        slot=slot,
        location=Location(path=path, line=line, column=9, snippet=f'model = "{written}"'),
        **fields,
    )


PROPRIETARY = Licence(
    id="proprietary", name="Proprietary", spdx="LicenseRef-proprietary", category=LicenceClass.API_TERMS
)
APACHE = Licence(
    id="apache-2.0",
    name="Apache License 2.0",
    spdx="Apache-2.0",
    category=LicenceClass.OPEN_SOURCE,
    source="https://spdx.org/licenses/Apache-2.0.html",
    checked=CHECKED,
)
LLAMA = Licence(
    id="llama3.1",
    name="Llama 3.1 Community License",
    spdx="LicenseRef-llama3.1",
    category=LicenceClass.OPEN_WEIGHT,
    conditions=(
        Condition(
            kind=ConditionKind.MAU_THRESHOLD,
            text="Above 700 million monthly active users a separate licence is needed.",
            amount=700_000_000,
            period="month",
            duty="separate-licence",
        ),
        Condition(kind=ConditionKind.DISPLAY_DUTY, text="“Built with Llama” must be shown.", duty="display"),
    ),
    source="https://example.org/llama",
    checked=CHECKED,
    verified=False,
)
LTX = Licence(
    id="ltx-2",
    name="LTX-2 Community License",
    spdx="LicenseRef-ltx-2",
    category=LicenceClass.OPEN_WEIGHT,
    conditions=(
        Condition(
            kind=ConditionKind.REVENUE_THRESHOLD,
            text="Above ten million dollars of yearly revenue a paid licence is needed.",
            amount=10_000_000,
            period="year",
            territories=("US", "EU"),
            duty="separate-licence",
        ),
    ),
)


def model(model_id, made_by=None, licence=None, **more):
    developers = (Developer(lab=made_by, role=Role.ORIGINATOR),) if made_by else ()
    fields = {"name": model_id.rpartition("/")[2], "developers": developers, "match": "exact", **more}
    return Model(id=model_id, lab=made_by, licence=licence, **fields)


def closed(model_id, made_by, **more):
    return model(model_id, made_by, PROPRIETARY, weights=Weights.CLOSED, **{"modality": "text", **more})


def opened(model_id, made_by, licence, **more):
    return model(model_id, made_by, licence, weights=Weights.OPEN, **{"modality": "text", **more})


GPT = closed("gpt-5", OPENAI, family="gpt-5", facts={"lab": known("openai"), "released": known(date(2025, 8, 7))})
CLAUDE = closed("claude-sonnet-4-5", ANTHROPIC, family="claude-4.5", facts={"lab": known("anthropic")})
DEEPSEEK_CHAT = closed("deepseek-chat", DEEPSEEK, is_alias=True, facts={"answers": known("deepseek", note="endpoint")})
QWEN = opened(
    "Qwen/Qwen3-32B",
    ALIBABA,
    APACHE,
    family="qwen3",
    parameters=32_762_123_264,
    released=date(2025, 4, 29),
    peer_group="text-30b",
    facts={"licence": known("apache-2.0", "hub"), "lab": known("alibaba"), "gated": known(False)},
)
DISTILL = opened(
    "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
    DEEPSEEK,
    LLAMA,
    lineage=(
        Ancestor(
            id="meta-llama/Llama-3.1-8B",
            relation="distillation",
            how="declared",
            lab=META,
            licence=LLAMA,
            source="hub",
        ),
    ),
    facts={"base": known("meta-llama/Llama-3.1-8B", "hub")},
)
SORA = closed(
    "sora-2",
    OPENAI,
    modality="video",
    lifecycle=Lifecycle(
        status=LifecycleStatus.RETIRED,
        date=date(2026, 9, 24),
        date_kind=DateKind.EFFECTIVE,
        source="https://example.org/deprecations",
        checked=CHECKED,
    ),
)
KLING = closed(
    "kling-v2.1",
    KUAISHOU,
    modality="video",
    lifecycle=Lifecycle(
        status=LifecycleStatus.ACTIVE, date=date(2027, 3, 1), date_kind=DateKind.NOT_SOONER_THAN, checked=CHECKED
    ),
)
LTX2 = opened("Lightricks/LTX-2", LIGHTRICKS, LTX, modality="video")
LOCAL = model(
    "local:weights/ours",
    None,
    None,
    name="ours",
    match="shape",
    lineage=(Ancestor(id="Qwen/Qwen2.5-7B", relation="consistent-with", how="inferred", lab=ALIBABA, source="shape"),),
    facts={"licence": unknown("no licence file lies beside the weights"), "lab": unknown("no record")},
)
ELSEWHERE = closed("gpt-4.1", OPENAI)
LISTED = tuple(closed(f"catalog-model-{number}", OPENAI) for number in range(1, 31))
MENTIONED = opened("moonshotai/Kimi-K2-Instruct", lab("moonshot", "Moonshot AI", "CN"), None)
TESTED = opened("somebody/tiny-test", UNSEATED, None)

USES = (
    ModelUse(
        model=CLAUDE,
        route=route(OPENAI_API, host="", open_symbol="ANTHROPIC_BASE_URL"),
        references=(reference("claude-sonnet-4-5", "app/agent.py", 14, slot="AGENT_MODEL"),),
    ),
    ModelUse(
        model=DEEPSEEK_CHAT,
        route=route(DEEPSEEK_API, host="api.deepseek.com", why="base URL"),
        references=(
            reference(
                "claude-sonnet-4-5",
                "app/cheap.py",
                8,
                slot="CHEAP_MODEL",
                hints=Hints(provider="anthropic", base_url="https://api.deepseek.com/anthropic"),
            ),
        ),
    ),
    ModelUse(
        model=GPT,
        route=route(OPENAI_API, open_symbol="OPENAI_BASE_URL"),
        references=(
            reference("gpt-5", "app/config.py", 7, slot="SMART_LLM"),
            reference("openai/gpt-5", "app/router.py", 31, slot="fallback", confidence=Confidence.MEDIUM),
            reference("gpt-5", "README.md", 3, Evidence.MENTION, detector="prose", way="prose"),
        ),
    ),
    ModelUse(
        model=KLING,
        route=route(FAL, host="fal.run"),
        references=(reference("fal-ai/kling-video/v2.1/master", "app/video.ts", 22, slot="video"),),
    ),
    ModelUse(
        model=LOCAL,
        route=route(why="weights in the target"),
        references=(
            reference(
                "weights/ours/config.json",
                "weights/ours/config.json",
                0,
                kind=ReferenceKind.WEIGHT_FILE,
                detector="weights",
            ),
        ),
    ),
    ModelUse(
        model=SORA,
        route=route(OPENAI_API),
        references=(reference("sora-2", "app/video.ts", 40, slot="premium_video"),),
    ),
    ModelUse(
        model=QWEN,
        route=route(why="vllm serve"),
        references=(
            reference(
                "Qwen/Qwen3-32B",
                "deploy/vllm.yaml",
                19,
                Evidence.DEPLOYED,
                slot="self-hosted chat",
                kind=ReferenceKind.HUB_REPO,
                detector="yaml",
                hints=Hints(library="vllm", revision="main"),
            ),
        ),
    ),
    ModelUse(
        model=LTX2,
        route=route(why="loader"),
        references=(reference("Lightricks/LTX-2", "app/local_video.py", 5, Evidence.SELECTABLE, slot="local"),),
    ),
    ModelUse(
        model=DISTILL,
        route=route(why="loader"),
        references=(reference(DISTILL.id, "app/backends.py", 12, Evidence.SELECTABLE, slot="reasoner"),),
    ),
    *(
        ModelUse(
            model=one,
            route=route(OPENAI_API),
            references=(reference(one.id, "app/prices.json", 10 + at, Evidence.CATALOG, detector="json"),),
        )
        for at, one in enumerate(LISTED)
    ),
    ModelUse(
        model=ELSEWHERE,
        route=route(OPENAI_API),
        references=(
            reference("gpt-4.1", "requirements.txt", 2, Evidence.DEPENDENCY, through="helper-kit", detector="manifest"),
        ),
    ),
    ModelUse(
        model=TESTED,
        route=route(),
        references=(reference(TESTED.id, "tests/test_app.py", 4, Evidence.TEST),),
    ),
    ModelUse(
        model=MENTIONED,
        route=route(kind=RouteKind.UNKNOWN, why=""),
        references=(reference(MENTIONED.id, "docs/roadmap.md", 9, Evidence.MENTION, detector="prose"),),
    ),
)

FROM_OUTSIDE = reference(
    "", "app/config.py", 9, Evidence.UNRESOLVED, kind=ReferenceKind.OPEN, symbol="FAST_LLM", slot="FAST_LLM"
)

FINDINGS = (
    Finding(
        id="F1",
        rule="L601",
        dimension=Dimension.LIFECYCLE,
        severity=Severity.BLOCKER,
        confidence=Confidence.HIGH,
        title="A bound model no longer answers",
        fact="The product uses sora-2, which its vendor retired on 2026-09-24 (effective).",
        consequence="Calls to it fail, so this feature does not work as written.",
        remedy="Move the slot to a model that answers.",
        effort=Effort.MEDIUM,
        model="sora-2",
        locations=(Location(path="app/video.ts", line=40, column=9, snippet='model: "sora-2"'),),
        fingerprint="f1f1f1f1",
        questions=("Q49",),
    ),
    Finding(
        id="F2",
        rule="L301",
        dimension=Dimension.DATA_PATH,
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        title="A Claude name is answered by another lab",
        fact="The base URL sends calls that name claude-sonnet-4-5 to api.deepseek.com.",
        consequence="Prompts reach DeepSeek (contracting entity CN, storage location CN).",
        remedy="Ask which endpoint runs in production.",
        effort=Effort.SMALL,
        model="deepseek-chat",
        locations=(Location(path="app/cheap.py", line=8, column=9, snippet="base_url=…"),),
        fingerprint="f2f2f2f2",
        questions=("Q34", "Q35"),
    ),
    Finding(
        id="F3",
        rule="L102",
        dimension=Dimension.LICENCE,
        severity=Severity.LOW,
        confidence=Confidence.MEDIUM,
        title="A revenue threshold stands in the licence",
        fact="The product can be configured to use Lightricks/LTX-2; its licence states a revenue threshold.",
        consequence="A paid licence may be needed at growth.",
        remedy="Compare revenue with the threshold.",
        effort=Effort.SMALL,
        model="Lightricks/LTX-2",
        locations=(Location(path="app/local_video.py", line=5, column=9),),
        fingerprint="f3f3f3f3",
        capped_from=Severity.HIGH,
        status="research-needed",
    ),
    Finding(
        id="F4",
        rule="L901",
        dimension=Dimension.DISCLOSURE,
        severity=Severity.OPEN,
        confidence=Confidence.LOW,
        title="The destination of prompts is open",
        fact="OPENAI_BASE_URL comes from outside the target.",
        consequence="The same code may talk to OpenAI, a gateway or a local server.",
        remedy="Ask for the production value.",
        effort=Effort.SMALL,
        locations=(Location(path="app/config.py", line=9, column=9),),
        fingerprint="f4f4f4f4",
    ),
    Finding(
        id="F5",
        rule="L501",
        dimension=Dimension.ARTEFACT,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        title="A revision is not pinned",
        fact="Qwen/Qwen3-32B is fetched at main.",
        consequence="Weights may change without a commit.",
        remedy="Pin a commit.",
        effort=Effort.SMALL,
        model="Qwen/Qwen3-32B",
        locations=(Location(path="deploy/vllm.yaml", line=19, column=9),),
        fingerprint="f5f5f5f5",
        suppressed_by="the target's comment in deploy/vllm.yaml:18",
    ),
)


def price(unit, figure, **more):
    return Price(
        provider="openai",
        model="gpt-5",
        unit=unit,
        amount=Decimal(figure),
        **{"checked": CHECKED, "source": "https://example.org/prices", "source_kind": "vendor", **more},
    )


GUESS = Estimate(
    low=Decimal(120),
    base=Decimal("1834.51"),
    high=Decimal(4100),
    currency="USD",
    grade="C",
    driver="output tokens per action",
    assumptions=("5,000 input tokens per action",),
)

COSTS = CostSummary(
    costs=(
        Cost(
            model="gpt-5",
            route="openai",
            prices=(
                price("input-mtok", "1.25"),
                price("output-mtok", "10", effective=date(2026, 8, 1)),
                price("cached-input-mtok", "0.125", stale=True, high=Decimal("0.2")),
            ),
            blended=(("3:1", Decimal("3.4375")), ("10:1", Decimal("2.0454545")), ("1:1", Decimal("5.625"))),
            per_thousand_actions=GUESS,
            monthly=GUESS,
            action_table=((1000, Decimal("1.25")), (5000, Decimal("6.25"))),
            alternatives=(
                Alternative(
                    model="Qwen/Qwen3-32B",
                    lab="alibaba",
                    country="CN",
                    licence="apache-2.0",
                    kind="open-other",
                    why="same size class",
                    prices=(price("output-mtok", "0.6"),),
                    ratio=Decimal("0.12"),
                ),
            ),
        ),
        Cost(
            model="kling-v2.1",
            route="fal",
            prices=(price("video-second", "0.28", conditions="1080p"),),
            clips=(("5 s, 1080p", 2, Decimal("2.8")),),
        ),
        Cost(
            model="Qwen/Qwen3-32B",
            route="self-hosted",
            note="weights are free, inference is not",
            self_hosting=SelfHosting(
                memory_gb=Decimal(80),
                gpu="H100",
                gpus=1,
                gpu_hour=price("gpu-hour", "2.5"),
                monthly=((10, Decimal("9.9")), (30, Decimal("3.3")), (60, Decimal("1.65"))),
                monthly_usd=Decimal(1825),
                break_even_mtok=Decimal(530),
                assumptions=("700 tokens a second",),
            ),
        ),
        Cost(model="sora-2", route="openai", note="no current price is on record"),
    ),
    monthly=GUESS,
    share_of_revenue=Decimal("0.23"),
    runway_months=Decimal(14),
    priced=2,
    unpriced=2,
    sources=("vendor price pages (2026-11-20)",),
    notes=("Volumes from usage.toml.",),
    sensitivity=(("ten times the volume", Decimal(18345)),),
)

OUTCOME = Outcome(
    policy="default",
    version="2026.11",
    action=Action.DENY,
    explicit=True,
    decisions=(
        Decision(
            rule="LIFE-RETIRED",
            action=Action.DENY,
            subject="sora-2",
            reason="The bound model no longer answers.",
            owner="platform team",
            reference="handbook 3.2",
            ask=("Q49",),
            location=Location(path="app/video.ts", line=40, column=9),
        ),
        Decision(
            rule="LIC-THRESHOLD",
            action=Action.REVIEW,
            subject="Lightricks/LTX-2",
            reason="A condition applies.",
            excepted_by="EX-1 until 2027-01-31",
        ),
    ),
    context=(("customers", "consumer"),),
)

QUESTIONS = (
    Question(
        id="Q49",
        text="Which model answers video calls since 2026-09-24?",
        why="sora-2 is retired (app/video.ts:40).",
        model="sora-2",
        weight=90,
    ),
    Question(id="Q34", text="Which base URLs run in production?", why="OPENAI_BASE_URL is not set here.", weight=80),
    Question(id="Q61", text="How many actions a month?", why="No volume was measured.", weight=10),
)

RICH = Report(
    tool_version="0.1.0",
    registry=RegistryInfo(version="2026.11.24", newest_check=CHECKED, overlays=("firm.toml",)),
    target=TargetInfo(name="clip-studio", kind="folder", commit="5d84d2f0c0ffee", commit_date="2026-11-01"),
    scanned_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    offline=True,
    coverage=Coverage(
        files_total=210,
        files_read=207,
        files_parsed=36,
        files_skipped=(
            Skipped(path="assets/demo.mov", reason="binary"),
            Skipped(path="data/dump.json", reason="larger than 20 MB", files=1),
            Skipped(path="private/key", reason="permission denied"),
        ),
        parse_fallbacks=(Fallback(path="app/old.py", parser="python", used="tree-sitter", reason="Python 2 print"),),
    ),
    uses=USES,
    unresolved=(
        Unresolved(
            kind="model-from-outside",
            subject="FAST_LLM",
            locations=(Location(path="app/config.py", line=9, column=9),),
            why="the environment decides and there is no default",
        ),
        Unresolved(
            kind="endpoint-from-outside",
            subject="OPENAI_BASE_URL",
            locations=(Location(path="app/config.py", line=9, column=9),),
            why="the environment decides",
        ),
        Unresolved(
            kind="unknown-id",
            subject="acme/secret-sauce",
            locations=(Location(path="app/extra.py", line=2, column=1),),
            why="neither the registry nor the Hub knows it",
        ),
    ),
    observations=(
        Observation(
            kind=ObservationKind.TRACING,
            subject="tracer",
            location=Location(path="app/main.py", line=3, column=1),
            detail="prompts are sent to a tracing service",
        ),
    ),
    references=tuple(
        sorted(
            [*(r for use in USES for r in use.references), FROM_OUTSIDE],
            key=lambda r: (r.location.path, r.location.line, r.location.column, r.written),
        )
    ),
    findings=FINDINGS,
    outcome=OUTCOME,
    costs=COSTS,
    questions=QUESTIONS,
    claims=(
        Claim(
            text="We run our own model",
            where="deck, page 4",
            kind="own-model",
            shown="Weights in weights/ours are consistent with Qwen/Qwen2.5-7B.",
            status="not supported",
        ),
    ),
    attestations=(
        Attestation(
            slot="FAST_LLM",
            model="gpt-5",
            by="CTO",
            on=date(2026, 10, 1),
            expires=date(2027, 4, 1),
            observed=("gpt-5",),
        ),
    ),
    sent_to_hub=("Lightricks/LTX-2", "Qwen/Qwen3-32B"),
    warnings=("The Hub was not asked: the network is off.",),
)

EMPTY = Report(
    tool_version="0.1.0",
    registry=RegistryInfo(version="2026.11.24", newest_check=CHECKED),
    target=TargetInfo(name="empty", kind="folder"),
    scanned_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    offline=True,
    coverage=Coverage(),
)

REPORTS = {"rich": RICH, "empty": EMPTY}

"""Made-up documents: one with every kind of block, and one as long as is asked for."""

from datetime import UTC, date, datetime

from registry_app.domain.cut import DataCut
from registry_app.domain.figures.charts import SaturationCurve
from registry_app.domain.figures.document import (
    Align,
    Column,
    Document,
    FieldRow,
    Fields,
    Figure,
    Front,
    Mark,
    Prose,
    Ref,
    Row,
    Section,
    Table,
    Value,
    Written,
)
from registry_app.domain.message import Told
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning, Signature
from tests.reports.made_up import an_issue

LONG = (
    "データ固定日までに71件の製造依頼があり、64例に投与した。安全性解析対象は64例（全例）"
    "であり、重篤な有害事象は18例（28.1%、95%信頼区間 17.6–40.8）に認めた。"
)
LONG_EN = (
    "By the cut-off 71 kits had been ordered and 64 patients treated. All 64 are in "
    "the safety set. Serious events occurred in 18 of 64 (28.1%, 95% CI 17.6–40.8)."
)
CASES = tuple(Ref("subject", f"SAP-{n:04}-7", f"SAP-{n:04}-7") for n in range(64))


def told(ja, en=""):
    return Told(ja, en or ja)


def a_value(shown, data=None, **more):
    return Value(shown, data, **more)


def a_field(name, ja, en, shown, **more):
    return FieldRow(name, told(ja, en), Value(shown, **more))


def a_cover():
    return (
        a_field(
            "type",
            "報告書の種類",
            "Report type",
            told("使用成績等定期報告（追跡調査）", "Periodic follow-up report"),
        ),
        a_field(
            "addressee",
            "提出先",
            "Addressee",
            told(
                "厚生労働大臣（見本のため提出しない）",
                "Minister of Health, Labour and Welfare (sample: not to be filed)",
            ),
        ),
        a_field(
            "owner",
            "報告義務者",
            "Owner of the duty",
            told(
                "製造販売業者　架空製薬株式会社", "MAH  Kakuu Pharma K.K. (fictitious)"
            ),
        ),
        a_field(
            "trade",
            "販売名／一般的名称",
            "Trade name / generic name",
            told(
                "カクウセル注／ヒト（自己）架空由来細胞",
                "Kakucell Injection / fictitious autologous human cells",
            ),
        ),
        a_field(
            "number",
            "承認番号・承認年月日",
            "Approval no. and date",
            told("00000FZX00000000　2023-06-01（令和5年6月1日）", "1 June 2023"),
        ),
        a_field(
            "term",
            "承認条件・期限",
            "Conditions, term, days left",
            told(
                "条件及び期限付（7年）　2030-05-31まで（早い方）　残り1,461日",
                "Conditional, 7 years, to 31 May 2030 (the earlier); 1,461 days left",
            ),
            mark=Mark.TO_CONFIRM,
        ),
        a_field(
            "state",
            "承認状態",
            "State of approval",
            told("CONDITIONAL　条件・期限付", "presumed efficacy, under evaluation"),
            strong=True,
        ),
        a_field(
            "period", "調査単位期間", "Reporting period", "2025-06-01 – 2026-05-31"
        ),
        a_field(
            "cut",
            "データ固定日",
            "Data cut-off",
            "2026-05-31　24:00 +09:00",
            refs=(Ref("cut", "3", "3"),),
        ),
        a_field(
            "plan",
            "参照計画書",
            "Plan version",
            told(
                "製造販売後承認条件評価計画書（架空）　第2.1版", "Evaluation plan v2.1"
            ),
        ),
        a_field(
            "personal",
            "機密区分／個人情報",
            "Confidentiality / personal data",
            told("部外秘／仮名化情報", "Confidential / pseudonymous"),
        ),
    )


def an_events_table():
    head = (
        Column("term", told("器官別大分類／基本語", "SOC / PT"), 66),
        Column("n", told("例数", "n"), 14, Align.RIGHT),
        Column("percent", told("%", "%"), 16, Align.RIGHT),
        Column("interval", told("95%信頼区間", "exact CI"), 26, Align.RIGHT),
        Column("serious", told("重篤", "Serious"), 16, Align.RIGHT),
        Column("related", told("不具合ᵃ", "Related"), 15, Align.RIGHT),
        Column("unlisted", told("未知ᵇ", "Unlisted"), 15, Align.RIGHT),
    )
    rows = [("any", told("いずれかの有害事象", "Any adverse event"), 57, True)]
    for soc, (ja, en, pts) in enumerate(
        (
            (
                "一般・全身障害および投与部位の状態",
                "General disorders and administration site conditions",
                (("発熱", "Pyrexia"), ("穿刺部位疼痛", "Puncture site pain")),
            ),
            (
                "呼吸器、胸郭および縦隔障害",
                "Respiratory, thoracic and mediastinal disorders",
                (
                    ("酸素飽和度低下", "Oxygen saturation decreased"),
                    ("肺塞栓症", "Pulmonary embolism"),
                    ("無気肺", "Atelectasis"),
                ),
            ),
            (
                "感染症および寄生虫症",
                "Infections and infestations",
                (("尿路感染", "Urinary tract infection"), ("肺炎", "Pneumonia")),
            ),
        )
    ):
        rows.append((f"soc-{soc}", told(ja, en), 20 + soc, True))
        rows += [(f"pt-{soc}-{n}", told(*pt), 3 + n, False) for n, pt in enumerate(pts)]
    return Table(
        "events-by-soc",
        told(
            "有害事象（SOC・PT別、累計、N = 64）",
            "Adverse events by SOC and PT, cumulative, N = 64",
        ),
        head,
        tuple(
            Row(
                name,
                (
                    Value(said),
                    Value(f"{n}", n, CASES[:n]),
                    Value(f"{n / 0.64:.1f}"),
                    Value("17.6–40.8"),
                    Value("0", 0),
                    Value(f"{n}ᵃ" if n == 4 else f"{n}", n),
                    Value("5", 5),
                ),
                group=group,
                level=0 if group else 1,
            )
            for name, said, n, group in rows
        ),
        (
            told(
                "割合の分母は投与例全例。95%信頼区間は正確法。",
                "Denominator: all treated. Exact interval.",
            ),
            told(
                "ᵃ 因果関係を否定できないもの（不明を含む）　ᵇ 予測できない",
                "causality not ruled out; not in the label",
            ),
            "細胞数 1.2×10⁸ / SpO₂",
        ),
    )


def a_listing(count, name="listing-subjects", caption="症例一覧"):
    widths = (
        ("case", 26),
        ("sex", 12),
        ("age", 12),
        ("level", 14),
        ("injury", 24),
        ("dose", 20),
        ("base", 14),
        ("end", 14),
        ("status", 32),
    )
    right = ("age", "dose")
    head = tuple(
        Column(n, told(n.title(), n), w, Align.RIGHT if n in right else Align.LEFT)
        for n, w in widths
    )
    rows = tuple(
        Row(
            f"SAP-{n:05}",
            (
                Value(
                    f"SAP-{n:05}-7", refs=(Ref("subject", f"s{n}", f"SAP-{n:05}-7"),)
                ),
                Value(told("男", "M") if n % 3 else told("女", "F")),
                Value(f"{18 + n % 60}", 18 + n % 60),
                Value(f"C{3 + n % 5}"),
                Value(f"20{20 + n % 6}-{1 + n % 12:02}-{1 + n % 28:02}"),
                Value(f"{n % 9}.{n % 10}×10⁷"),
                Value("ABCD"[n % 4]),
                Value(told("欠測", "missing") if n % 11 == 0 else "BCD"[n % 3]),
                Value(
                    told("観察中", "in follow-up")
                    if n % 4
                    else told("追跡不能", "lost")
                ),
            ),
        )
        for n in range(count)
    )
    return Table(
        name,
        told(f"{caption}（N = {count}）", f"Listing, N = {count}"),
        head,
        rows,
        (told("決定・基準・評価はAIS。", "Base, End: AIS grade."),),
        listing=True,
    )


def a_curve():
    points = (
        (-10.0, 98.0),
        (0.0, 97.0),
        (15.0, 93.0),
        (30.0, 90.5),
        (45.0, 95.0),
        (60.0, 97.0),
        (180.0, 98.0),
    )
    return Figure(
        "saturation",
        told("投与中の酸素飽和度", "Oxygen saturation during the infusion"),
        SaturationCurve(points, 98.0, 92.0, 4.0, 45.0),
        (told("破線は基準。", "Broken: thresholds."),),
    )


def limits():
    rows = [
        (
            "無作為化していない",
            "Not randomised",
            "治療を選んだ患者・施設の偏りを除けない",
            "Selection of patients and centres cannot be excluded",
        )
    ] * 4
    return Table(
        "limits",
        told(
            "限界と、それに対する本報告の扱い",
            "Limits and how this report deals with them",
        ),
        (
            Column("no", told("番号", "No."), 14),
            Column("limit", told("限界", "Limit"), 44),
            Column("means", told("内容と扱い", "What it means here"), 90),
            Column("where", told("関連節", "Section"), 20, Align.RIGHT),
        ),
        tuple(
            Row(
                f"{n}",
                (
                    Value(f"{n}"),
                    Value(told(a, b)),
                    Value(told(c, d)),
                    Value("8.2", mark=Mark.TO_CONFIRM if n == 2 else Mark.NONE),
                ),
            )
            for n, (a, b, c, d) in enumerate(rows, 1)
        ),
    )


def a_document(front=Front.PAGE, listed=38, name="𠮷野 神"):
    return Document(
        told(
            "使用成績等定期報告書",
            "Periodic Report on Results of Use – follow-up of treated patients",
        ),
        front,
        told("厚生労働大臣　殿", "To the Minister of Health, Labour and Welfare"),
        told("製造販売業者", "MAH"),
        a_cover(),
        (
            Section(
                "summary",
                told("報告の概要", "Summary"),
                (
                    Fields(
                        "key",
                        (
                            FieldRow(
                                "treated",
                                told("投与症例（累計）", "Treated, cumulative"),
                                Value("64", 64, CASES),
                            ),
                            FieldRow(
                                "watched",
                                told("観察中", "Under observation"),
                                Value("30", 30, CASES[:30]),
                            ),
                            FieldRow(
                                "serious",
                                told("重篤な有害事象", "Serious adverse events"),
                                Value("18 / 64", [18, 64]),
                            ),
                            FieldRow(
                                "first",
                                told("第1コホート 主要評価", "Cohort 1, ≥2 grades"),
                                Value("4 / 16", [4, 16]),
                            ),
                        ),
                        large=True,
                    ),
                    Section(
                        "main",
                        told("結果の要点", "Main results"),
                        (
                            Prose(told(LONG, LONG_EN)),
                            Prose(told(LONG * 2, LONG_EN * 2)),
                        ),
                    ),
                    Section(
                        "written",
                        told("結論", "Conclusion"),
                        (
                            Written(
                                "summary",
                                "安全性について新たな懸念は認めなかった。\n有効性は推定の段階にある。",
                                "No new safety concern.\nEfficacy is presumed.",
                            ),
                            Written("actions"),
                        ),
                    ),
                ),
                new_page=True,
            ),
            Section(
                "safety",
                told("安全性", "Safety"),
                (
                    Prose(
                        told("全投与例64例を対象とする。", "All 64 treated patients.")
                    ),
                    an_events_table(),
                    Table(
                        "deaths", told("死亡", "Deaths"), an_events_table().columns, ()
                    ),
                ),
                new_page=True,
            ),
            Section(
                "efficacy",
                told("有効性", "Efficacy"),
                (
                    Section(
                        "curve",
                        told("経過", "Course"),
                        (a_curve(),),
                        mark=Mark.AFTER_LOCK,
                    ),
                    Prose(
                        told("値は補完していない。", "Nothing was imputed."), note=True
                    ),
                ),
            ),
            Section(
                "discussion",
                told("考察", "Discussion"),
                (
                    Section(
                        "limits-section",
                        told("本報告の限界", "Limits of this report"),
                        (
                            limits(),
                            Fields(
                                "who",
                                (
                                    a_field("reporter", "報告者", "Reporter", name),
                                    a_field(
                                        "days", "受傷からの日数", "Days", "49", data=49
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        (
            Section(
                "listings",
                told("付録　症例一覧", "Appendix: case listing"),
                (a_listing(listed),),
            ),
        ),
        period=told(
            "第3回　調査単位期間　2025年6月1日から2026年5月31日まで",
            "No. 3, 1 June 2025 to 31 May 2026",
        ),
        notices=(
            told(
                "記載の製品・会社・人物・数値はすべて架空です。",
                "Product, company, people and numbers are invented.",
            ),
        ),
    )


def signed(count=3):
    people = (
        ("prepared", "見本 一郎"),
        ("reviewed", "見本 花子"),
        ("approved", "𠮷野 次郎（仮名）"),
    )
    return tuple(
        Signature(
            f"sig-{n}",
            "report",
            "R1",
            "5b0e77a1c2d4" * 5 + "abcd",
            Meaning(m),
            f"p{n}",
            name,
            "data manager",
            datetime(2026, 7, 10 + n, 5, 2, tzinfo=UTC),
        )
        for n, (m, name) in enumerate(people[:count])
    )


def a_cut():
    return DataCut(
        "3",
        412,
        "9f3c" * 16,
        date(2026, 5, 31),
        "stemirac",
        3,
        "isncsci-1",
        "registry-app 0.1.0",
        "p0",
        datetime(2026, 6, 1, tzinfo=UTC),
    )


def a_report_issue(languages, **more):
    return an_issue(
        languages,
        **{
            "number": "R1-SAP-412-J",
            "kind": Kind.PERIODIC,
            "signatures": signed(),
            "cut_record": a_cut(),
            "pack": Told("架空のパック", "Made-up pack"),
            **more,
        },
    )

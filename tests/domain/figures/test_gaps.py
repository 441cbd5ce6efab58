from registry_app.domain.figures.gaps import Doubt, Run, gaps
from registry_app.domain.isncsci.segments import Modality, Side
from tests.reports.made_up import a_sheet, an_exam


def test_neighbouring_items_are_named_as_one_run():
    sheet = a_sheet(R_LT_T5="NT", R_LT_T6="NT**", R_LT_T8="NT", VAC="NT")
    (gap,) = gaps(an_exam(1, sheet).form)

    assert gap.doubt is Doubt.NOT_TESTABLE
    assert gap.count == 4
    assert gap.runs == (
        Run(Side.RIGHT, Modality.LIGHT_TOUCH, "T5", "T6"),
        Run(Side.RIGHT, Modality.LIGHT_TOUCH, "T8", "T8"),
    )
    assert gap.anal == ("VAC",)


def test_each_kind_of_doubt_is_told_by_itself():
    sheet = a_sheet(R_LT_T5="", L_M_C5="UNK", L_M_C6="2*", L_M_C7="2**")

    assert [gap.doubt for gap in gaps(an_exam(1, sheet).form)] == [
        Doubt.OPEN,
        Doubt.UNKNOWN,
        Doubt.STAR,
        Doubt.STAR_NORMAL,
    ]


def test_a_whole_sheet_has_no_gap():
    assert gaps(an_exam(1, a_sheet()).form) == ()

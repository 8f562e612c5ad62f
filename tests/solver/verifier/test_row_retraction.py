from tests.solver.verifier.builders import FLOOR, line_for, problem, settings, slot, upper, week

RULE = "row.retraction"
LED = upper("led", "pull", row_type="led", row_implement="dumbbell", equipment=(("dumbbells",),))
CABLE = upper("cable", "pull", row_type="led", row_implement="cable", equipment=(("cable",),))
TOWEL = upper("towel", "pull", row_type="led", row_implement="bodyweight")
PLAIN = upper("plain", "pull", row_type="plain", row_implement="barbell")
FACE_PULL = upper("face_pull", "pull")
WORLD = problem(LED, CABLE, TOWEL, PLAIN, FACE_PULL)
AT_HOME = (slot("mon", place=FLOOR),)


def test_both_boundaries_hold_exactly() -> None:
    line = line_for(RULE, WORLD, week(mon=[("led", 2), ("plain", 2), ("face_pull", 6)]))
    assert line.holds  # 2 sets of 2, led 2 of 4 rows
    assert line.measured == {"sets": 2, "led": 2, "plain": 2}
    assert line.slack == 0


def test_too_few_sets() -> None:
    line = line_for(RULE, WORLD, week(mon=[("led", 1)]))
    assert not line.holds
    assert line.slack == -1


def test_cable_rows_count_body_weight_rows_only_towards_the_half() -> None:
    assert line_for(RULE, WORLD, week(mon=[("cable", 2)])).holds
    assert not line_for(RULE, WORLD, week(mon=[("towel", 6)])).holds
    assert line_for(RULE, WORLD, week(mon=[("led", 2), ("towel", 2), ("plain", 4)])).holds


def test_led_rows_are_at_least_half() -> None:
    line = line_for(RULE, WORLD, week(mon=[("led", 2), ("plain", 3)]))
    assert not line.holds
    assert line.slack == -1
    assert line.violations[0].statement == "Of 5 row sets the shoulder blades lead 2, fewer than half."


def test_any_led_row_where_neither_dumbbell_nor_cable_is_possible() -> None:
    world = problem(*WORLD.exercises, slots=AT_HOME)
    line = line_for(RULE, world, week(mon=[("towel", 2), ("plain", 2)]))
    assert line.holds
    assert line.notes
    assert not line_for(RULE, world, week(mon=[("towel", 1)])).holds


def test_it_is_waived_where_no_led_row_is_possible() -> None:
    world = problem(LED, PLAIN, slots=AT_HOME)
    line = line_for(RULE, world, week(mon=[("plain", 6)]))
    assert line.holds  # the half is not asked for either
    assert line.waived is not None
    assert "dumbbells" in line.waived.restored_by


def test_stated_sets_are_never_waived() -> None:
    rules = settings(retraction_row_sets=3, stated=frozenset({f"{RULE}:sets"}))
    line = line_for(RULE, problem(LED, PLAIN, slots=AT_HOME, rules=rules), week(mon=[("plain", 6)]))
    assert not line.holds
    assert line.slack == -3

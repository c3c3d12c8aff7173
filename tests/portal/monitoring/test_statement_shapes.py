import pytest

from portal.monitoring.slow_queries import LONGEST_SHAPE, shape_of

pytestmark = pytest.mark.any_engine


@pytest.mark.parametrize(
    ("statement", "shape"),
    [
        ("SELECT  1\n FROM x", "SELECT ? FROM x"),
        ("SELECT a FROM x WHERE b = %s", "SELECT a FROM x WHERE b = %s"),
        ("SELECT 'it''s 1' || -2.5", "SELECT ? || ?"),
        ('SELECT "x"."a" FROM "x"', 'SELECT "x"."a" FROM "x"'),
        ("SELECT 1 -- hunter2\n, 2 /* hunter2 */", "SELECT ? , ?"),
        ("SELECT a FROM x WHERE b = 'hunter2", "SELECT a FROM x WHERE b = …"),
    ],
)
def test_a_shape_has_no_value(statement, shape):
    assert shape_of(statement) == shape


def test_a_long_statement_is_cut():
    shape = shape_of("SELECT " + ", ".join(["%s"] * 10_000))
    assert LONGEST_SHAPE < len(shape) + 10 < LONGEST_SHAPE + 50
    assert shape.endswith("…")

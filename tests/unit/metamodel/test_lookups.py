"""What the metamodel answers about a sound bundle."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from orthogramic import Repository
from orthogramic.errors import UnknownProfileError, UnknownQueryError, UnknownTermError
from orthogramic.metamodel import ClassKind, Flow, PropertyKind
from orthogramic.vocabulary import KR, RDFS
from tests.unit.metamodel.bundles import read

BEE = "https://bees.example/terms#"


def bee(name: str) -> NamedNode:
    return NamedNode(BEE + name)


def test_classes_know_their_kind_and_their_kin(toy: Repository) -> None:
    model = toy.metamodel
    assert model.classes[bee("Hive")].kind is ClassKind.ENTITY
    assert model.classes[bee("Weighing")].kind is ClassKind.STRUCTURE
    assert model.subclasses(bee("Hive")) == {bee("Hive"), bee("NucleusHive")}
    assert model.superclasses(bee("NucleusHive")) == {bee("NucleusHive"), bee("Hive"), KR.Entity}
    assert model.classes[bee("NucleusHive")].business_key == bee("hiveCode")


def test_properties_know_what_they_connect(toy: Repository) -> None:
    kinds = {each.name: each.kind for each in toy.metamodel.properties.values()}
    assert kinds["foragesAt"] is PropertyKind.RELATIONSHIP
    assert kinds["hasWeighing"] is PropertyKind.CONTAINMENT
    assert kinds["kilograms"] is PropertyKind.ATTRIBUTE
    assert [each.name for each in toy.metamodel.relationships()] == [
        "abutsMeadow",
        "foragesAt",
        "minds",
    ]


def test_verbs_read_from_either_end(toy: Repository) -> None:
    model = toy.metamodel
    assert model.verb(bee("foragesAt"), forward=True) == "forages at"
    assert model.verb(bee("foragesAt"), forward=False) == "feeds"
    assert model.verb(bee("abutsMeadow"), forward=False) == "borders"
    assert model.primary(bee("feeds")) == (bee("foragesAt"), True)
    assert model.primary(bee("minds")) == (bee("minds"), False)


@pytest.mark.parametrize("name", ["Hive", "bee:Hive", BEE + "Hive", f"<{BEE}Hive>"])
def test_a_class_is_found_by_each_of_its_names(toy: Repository, name: str) -> None:
    assert toy.metamodel.class_named(name).iri == bee("Hive")


def test_a_misspelt_class_is_offered_near_names(toy: Repository) -> None:
    with pytest.raises(UnknownTermError, match="Did you mean Hive"):
        toy.metamodel.class_named("Hiv")


def test_a_misspelt_property_is_offered_near_names(toy: Repository) -> None:
    with pytest.raises(UnknownTermError, match="foragesAt"):
        toy.metamodel.property_named("foragesAtt")
    assert toy.metamodel.property_named("bee:minds").iri == bee("minds")


def test_shapes_are_inherited_in_display_order(toy: Repository) -> None:
    names = [each.name for each in toy.metamodel.shapes_of(bee("NucleusHive"))]
    assert names == ["hive code", "caption", "temper", "forages at", "weighings"]


def test_closed_lists_keep_their_order(toy: Repository) -> None:
    (temper,) = (each for each in toy.metamodel.shapes if each.name == "temper")
    assert [each.value for each in temper.allowed] == ["gentle", "lively", "fierce"]
    assert temper.ordered


def test_the_default_profile_and_others_by_name(toy: Repository) -> None:
    model = toy.metamodel
    assert model.profile().name == "nectar"
    assert model.profile("nectar") is model.profile()
    assert model.profile().default_strength == 4
    with pytest.raises(UnknownProfileError):
        model.profile("pollen")
    with pytest.raises(UnknownProfileError, match="no default"):
        read().profile()


def test_rules_are_flipped_for_inverses(toy: Repository) -> None:
    effective = toy.metamodel.profile().effective
    assert effective[bee("foragesAt")].flow is Flow.OBJECT_TO_SUBJECT
    assert effective[bee("feeds")].flow is Flow.SUBJECT_TO_OBJECT
    assert effective[bee("abutsMeadow")].flow is Flow.BOTH


def test_a_subproperty_inherits_the_nearest_rule() -> None:
    model = read(
        """
        t:near a owl:ObjectProperty ; rdfs:label "near" ; rdfs:subPropertyOf t:fliesIn .
        t:nearer a owl:ObjectProperty ; rdfs:label "nearer" ; rdfs:subPropertyOf t:near .
        t:profile a kr:ImpactProfile ; rdfs:label "p" ; kr:rule t:wide , t:narrow .
        t:wide a kr:ImpactRule ; kr:onProperty t:fliesIn ; kr:flow kr:Both ; kr:weight 0.1 ;
            kr:modality kr:Certain ; kr:support kr:All .
        t:narrow a kr:ImpactRule ; kr:onProperty t:near ; kr:flow kr:Both ; kr:weight 0.2 ;
            kr:modality kr:Possible ; kr:support 2 .
        """
    )
    effective = model.profiles[0].effective
    terms = "https://toys.example/terms#"
    assert effective[NamedNode(terms + "nearer")].weight == 0.2
    assert effective[NamedNode(terms + "nearer")].support == 2
    assert effective[NamedNode(terms + "fliesIn")].weight == 0.1


def test_the_most_specific_class_of_several(toy: Repository) -> None:
    model = toy.metamodel
    assert model.most_specific((bee("Hive"), bee("NucleusHive"), KR.Entity)) == bee("NucleusHive")
    assert model.most_specific(()) is None


def test_queries_by_name(toy: Repository) -> None:
    query = toy.metamodel.query("hives-of-meadow")
    assert query.parameters[0].entity_class == bee("Meadow")
    with pytest.raises(UnknownQueryError, match="hives-of-meadow"):
        toy.metamodel.query("hives-of-meadows")


def test_names_shorten_and_expand(toy: Repository) -> None:
    model = toy.metamodel
    assert model.curie(BEE + "Hive") == "bee:Hive"
    assert model.curie("urn:other") == "urn:other"
    assert model.expand("bee:Hive") == bee("Hive")
    assert model.expand("no colon") is None
    assert bee("caption") in model.label_properties()
    assert RDFS.label in model.label_properties()


def test_a_curie_or_iri_that_cannot_be_one_is_an_unknown_name(toy: Repository) -> None:
    assert toy.metamodel.expand("bee:a b") is None
    with pytest.raises(UnknownTermError):
        toy.metamodel.class_named("bee:a b")
    with pytest.raises(UnknownTermError):
        toy.metamodel.property_named("<urn:a b>")


def test_the_digest_follows_the_text_and_nothing_else() -> None:
    assert read().digest == read().digest
    assert read().digest != read('t:more a owl:DatatypeProperty ; rdfs:label "more" .').digest


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("t:fliesIn", [("fliesIn", False)]),
        ("[ sh:inversePath t:fliesIn ]", [("fliesIn", True)]),
        (
            "[ sh:alternativePath ( t:fliesIn [ sh:inversePath t:lifts ] ) ]",
            [("fliesIn", False), ("lifts", True)],
        ),
        ("( t:fliesIn t:caption )", []),
        ("[ sh:alternativePath ( t:fliesIn ( t:fliesIn t:caption ) ) ]", []),
    ],
)
def test_the_ways_of_a_path_of_one_step(path: str, steps: list[tuple[str, bool]]) -> None:
    shapes = (
        "t:Form a sh:NodeShape ; sh:targetClass t:Kite ; sh:property t:Form-x ."
        f" t:Form-x sh:path {path} ."
    )
    (shape,) = read(shapes=shapes).shapes
    terms = "https://toys.example/terms#"
    assert shape.steps == tuple((NamedNode(terms + name), turned) for name, turned in steps)
    assert (shape.path is None) == (len(steps) != 1)

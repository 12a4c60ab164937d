"""The queries by which the catalogue reads its records. Prefixes are added when they run (kg/sparql/bind.py)."""

THEMES = """
SELECT ?theme ?label ?position WHERE {
  ?theme a skos:Collection ; skos:prefLabel ?label ; schema:position ?position .
} ORDER BY ?position ?theme
"""

CONCEPTS = """
SELECT ?concept ?label ?definition ?theme WHERE {
  ?concept a skos:Concept ; skos:prefLabel ?label .
  FILTER(STRSTARTS(STR(?concept), STR(concept:)))
  OPTIONAL { ?concept skos:definition ?definition }
  OPTIONAL { ?theme a skos:Collection ; skos:member ?concept }
} ORDER BY ?concept
"""

CONCEPT_LINKS = """
SELECT ?concept ?how ?value WHERE {
  { ?concept skos:altLabel ?value . BIND("other" AS ?how) }
  UNION { ?concept skos:hiddenLabel ?value . BIND("hidden" AS ?how) }
  UNION { ?concept skos:broader ?value . BIND("broader" AS ?how) }
  UNION { ?value skos:broader ?concept . BIND("narrower" AS ?how) }
  UNION { ?concept skos:related ?value . BIND("related" AS ?how) }
  UNION { ?value skos:related ?concept . BIND("related" AS ?how) }
} ORDER BY ?concept ?how ?value
"""

AGENTS = """
SELECT DISTINCT ?agent ?name ?type ?note WHERE {
  ?agent a prov:Agent .
  { ?agent rdfs:label ?name } UNION { ?agent skos:prefLabel ?name }
  OPTIONAL { ?agent a ?type . VALUES ?type { schema:Person schema:Organization sk:UnnamedSpeaker } }
  OPTIONAL { ?agent rdfs:comment ?note }
} ORDER BY ?agent
"""

AGENT_DETAILS = """
SELECT DISTINCT ?agent ?how ?value WHERE {
  ?agent a prov:Agent .
  { ?agent schema:alternateName|skos:altLabel ?value . BIND("other" AS ?how) }
  UNION { ?agent schema:honorificPrefix ?value . BIND("prefix" AS ?how) }
  UNION { ?agent schema:honorificSuffix ?value . BIND("suffix" AS ?how) }
  UNION { ?agent schema:jobTitle ?value . BIND("post" AS ?how) }
  UNION { ?agent schema:worksFor/rdfs:label ?value . BIND("employer" AS ?how) }
  UNION { ?event sk:chair ?agent . BIND("chaired the seminar" AS ?value) BIND("role" AS ?how) }
  UNION { ?event schema:performer ?agent . BIND("presented the seminar" AS ?value) BIND("role" AS ?how) }
  UNION { ?work schema:funder ?agent . BIND("funded the research" AS ?value) BIND("role" AS ?how) }
  UNION { ?event schema:organizer ?agent . BIND("held the conference" AS ?value) BIND("role" AS ?how) }
  UNION { ?document schema:publisher ?agent . BIND("published the summary" AS ?value) BIND("role" AS ?how) }
  UNION { ?claim sk:reportedFrom ?agent . BIND("is quoted by a speaker" AS ?value) BIND("role" AS ?how) }
} ORDER BY ?agent ?how ?value
"""

SEMINARS = """
SELECT ?seminar ?name ?start ?end ?conference ?focus ?title ?publisher ?address ?sha256 ?language WHERE {
  ?seminar a schema:Event ; schema:subjectOf ?document ; schema:startDate ?start .
  ?document schema:name ?title ; schema:publisher/rdfs:label ?publisher .
  { ?seminar rdfs:label ?name }
  OPTIONAL { ?seminar schema:endDate ?end }
  OPTIONAL { ?seminar schema:superEvent/rdfs:label ?conference }
  OPTIONAL { ?seminar sk:focusQuestion ?focus }
  OPTIONAL { ?document schema:url ?address }
  OPTIONAL { ?document schema:sha256 ?sha256 }
  OPTIONAL { ?document schema:inLanguage ?language }
} ORDER BY ?start ?seminar
"""

SECTIONS = """
SELECT ?seminar ?title WHERE {
  ?seminar schema:subjectOf ?document .
  ?section a doco:Section ; dcterms:isPartOf ?document ; dcterms:title ?title ; schema:position ?position .
} ORDER BY ?seminar ?position
"""

EDITOR_NOTES = """
SELECT ?seminar ?note WHERE { ?seminar sk:editorNote ?note } ORDER BY ?seminar ?note
"""

OFF_MAP = """
SELECT ?seminar ?concept WHERE { ?seminar sk:leavesOffMap ?concept } ORDER BY ?seminar ?concept
"""

PASSAGES = """
SELECT ?passage ?id ?section ?place ?position ?quote WHERE {
  ?passage a sk:Passage ; dcterms:identifier ?id ; rdfs:label ?place ; schema:position ?position ;
    dcterms:isPartOf/dcterms:title ?section ; oa:hasSelector/oa:exact ?quote .
} ORDER BY ?passage
"""

ORDERED_LISTS = """
SELECT ?list ?name ?position ?item ?label ?claim WHERE {
  ?list a schema:ItemList ; rdfs:label ?name ; schema:itemListElement ?element .
  ?element schema:position ?position ; schema:item ?item .
  ?item skos:prefLabel ?label .
  OPTIONAL { ?element schema:subjectOf ?claim }
} ORDER BY ?list ?position ?claim
"""

STANCES = """
SELECT ?stance ?label WHERE { ?stance a sk:Stance ; skos:prefLabel ?label } ORDER BY ?stance
"""

# The source's order: seminars by date, then where the first passage stands, then the claim's own name.
CLAIM_ORDER = """
SELECT ?claim (SAMPLE(?start) AS ?date) (MIN(?position) AS ?first) WHERE {
  ?claim a schema:Claim ; dcterms:isPartOf ?seminar ; prov:wasDerivedFrom ?passage .
  ?passage schema:position ?position .
  OPTIONAL { ?seminar schema:startDate ?start }
} GROUP BY ?claim ORDER BY ?date ?first ?claim
"""

CLAIMS = """
SELECT ?claim ?text ?stance ?kind ?credit ?note WHERE {
  VALUES ?claim { }
  ?claim schema:text ?text ; sk:stance ?stance ; sk:attributionKind ?kind ; sk:credit ?credit .
  OPTIONAL { ?claim skos:editorialNote ?note }
}
"""

# The claims stand in each part: Oxigraph reads a part of a UNION before it joins it, and would read all claims.
CLAIM_LINKS = """
SELECT ?claim ?how ?value WHERE {
  { VALUES ?claim { } ?claim prov:wasAttributedTo ?value . BIND("agent" AS ?how) }
  UNION { VALUES ?claim { } ?claim prov:wasAttributedTo ?value . ?value a sk:NoSpeaker . BIND("nobody" AS ?how) }
  UNION { VALUES ?claim { } ?claim sk:reportedFrom ?value . BIND("reported" AS ?how) }
  UNION { VALUES ?claim { } ?claim schema:about ?value . BIND("about" AS ?how) }
  UNION { VALUES ?claim { } ?claim prov:wasDerivedFrom ?value . ?value a sk:Passage . BIND("passage" AS ?how) }
}
"""

CLAIM_RELATIONS = """
SELECT ?claim ?way ?how ?other ?text WHERE {
  VALUES ?claim { }
  { ?claim ?how ?other . BIND("forwards" AS ?way) } UNION { ?other ?how ?claim . BIND("backwards" AS ?way) }
  ?other a schema:Claim ; schema:text ?text .
}
"""

GENERAL_RELATIONS = """
SELECT ?relation ?general WHERE { ?relation rdfs:subPropertyOf+ ?general } ORDER BY ?relation ?general
"""

PROPOSITIONS = """
SELECT ?claim ?position ?status ?subject ?subjectLabel ?relation ?label ?negated ?own ?object ?objectLabel WHERE {
  VALUES ?claim { }
  ?claim sk:proposition ?proposition .
  ?proposition schema:position ?position ; sk:status ?status ;
    rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object .
  OPTIONAL { ?relation rdfs:label ?label }
  OPTIONAL { ?relation sk:negatedLabel ?negated }
  OPTIONAL { ?proposition rdfs:label ?own }
  OPTIONAL { ?subject rdfs:label ?subjectLabel }
  OPTIONAL { ?object rdfs:label ?objectLabel }
}
"""

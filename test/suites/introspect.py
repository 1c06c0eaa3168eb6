"""Reads the schema of a running register by introspection and sends it a query: introspect.py URL"""

import json
import sys
import urllib.request

from graphql import build_client_schema, get_introspection_query, parse, print_schema, validate


def ask(query):
    request = urllib.request.Request(
        sys.argv[1],
        json.dumps({"query": query}).encode(),
        {"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)["data"]


schema = build_client_schema(ask(get_introspection_query(specified_by_url=True, input_value_deprecation=True)))
question = '{ partnership(id: "tie-rotterdam-shanghai") { startedOn dutch { name(language: NL) } } }'
print(
    json.dumps(
        {
            "types": sorted(name for name in schema.type_map if not name.startswith("__")),
            "errors": [error.message for error in validate(schema, parse(question))],
            "answer": ask(question),
            "printed": len(print_schema(schema)),
        }
    )
)

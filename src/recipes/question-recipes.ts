import {
  javascriptText,
  powerQueryText,
  pythonText,
  pythonValue,
  rText,
  shellText,
  sqlName,
  sqlText,
} from './quote.js';
import { type QuestionSource, questionAddress, requestBody, rowsPath } from './source.js';

/** Returns the names on the way to the rows of an answer, from `data` on. */
function namesOf(source: QuestionSource): string[] {
  const path = rowsPath(source);
  return path ? ['data', path.field, ...(path.list ? [path.list] : [])] : ['data'];
}

/** Returns the name of the record of each edge; undefined if the rows are no edges. */
const nodeOf = (source: QuestionSource): string | undefined => rowsPath(source)?.node;

/** Writes the members that Python and JavaScript read alike: `answer["data"]["partnerships"]`. */
const members = (source: QuestionSource): string =>
  `answer${namesOf(source)
    .map(name => `[${JSON.stringify(name)}]`)
    .join('')}`;

function pythonRows(source: QuestionSource): string {
  const node = nodeOf(source);
  return node === undefined ? members(source) : `[edge["${node}"] for edge in ${members(source)}]`;
}

const pythonRequest = (source: QuestionSource) => `import json
import urllib.request

query = ${pythonText(source.query)}
variables = ${pythonValue(source.variables)}
body = {"query": query, "variables": variables${
  source.operationName === undefined ? '' : `, "operationName": ${JSON.stringify(source.operationName)}`
}}
request = urllib.request.Request(
    ${pythonText(source.url)},
    data=json.dumps(body).encode(),
    headers={"Content-Type": "application/json"},
)
with urllib.request.urlopen(request) as response:
    answer = json.load(response)
if "errors" in answer:
    raise SystemExit(answer["errors"][0]["message"])
rows = ${pythonRows(source)}
`;

/** Code that asks a question, by the name of its recipe. */
export const questionRecipes = {
  curl: (
    source: QuestionSource,
  ) => `curl --silent --show-error --fail-with-body --compressed ${shellText(source.url)} \\
  --header 'Content-Type: application/json' \\
  --data ${shellText(JSON.stringify(requestBody(source)))}
`,

  pandas: (source: QuestionSource) => `${pythonRequest(source)}
import pandas as pd

data = pd.json_normalize(rows)
print(data)
`,

  python: (source: QuestionSource) => `${pythonRequest(source)}print(json.dumps(rows, ensure_ascii=False, indent=2))
`,

  r: (source: QuestionSource) => {
    const names = namesOf(source).map(name => `[["${name}"]]`);
    return `library(httr2)
library(jsonlite)

body <- ${rText(JSON.stringify(requestBody(source)))}
response <- request(${rText(source.url)}) |>
  req_body_raw(body, type = "application/json") |>
  req_perform()
answer <- fromJSON(resp_body_string(response), flatten = TRUE)
if (!is.null(answer$errors)) stop(answer$errors$message[[1]])
data <- answer${names.join('')}
print(data)
`;
  },

  javascript: (source: QuestionSource) => {
    const node = nodeOf(source);
    const rows = node === undefined ? members(source) : `${members(source)}.map(edge => edge.${node})`;
    const name = source.operationName === undefined ? '' : `, operationName: ${JSON.stringify(source.operationName)}`;
    return `const query = ${javascriptText(source.query)};
const variables = ${JSON.stringify(source.variables)};
const response = await fetch(${javascriptText(source.url)}, {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ query, variables${name} }),
});
const answer = await response.json();
if (answer.errors) throw new Error(answer.errors[0].message);
const rows = ${rows};
console.log(JSON.stringify(rows, null, 2));
`;
  },

  duckdb: (source: QuestionSource) => {
    const rows = namesOf(source).map(sqlName).join('.');
    const node = nodeOf(source);
    const record = node === undefined ? 'unnest(row)' : `unnest(row.${sqlName(node)})`;
    const answer = `read_json(${sqlText(questionAddress(source))})`;
    const select = rowsPath(source)?.list
      ? `SELECT ${record} FROM (SELECT unnest(${rows}) AS row FROM ${answer});`
      : `SELECT unnest(${rows}, max_depth := 2) FROM ${answer};`;
    return `CREATE OR REPLACE SECRET stedenband (TYPE http, EXTRA_HTTP_HEADERS MAP {'apollo-require-preflight': '1'});
${select}
`;
  },

  powerQuery: (source: QuestionSource) => {
    const path = namesOf(source).map(name => `[${name}]`);
    const node = nodeOf(source);
    const records = node === undefined ? 'Rows' : `List.Transform(Rows, each [${node}])`;
    return `let
    Body = ${powerQueryText(JSON.stringify(requestBody(source)))},
    Answer = Json.Document(
        Web.Contents(
            ${powerQueryText(source.url)},
            [Headers = [#"Content-Type" = "application/json"], Content = Text.ToBinary(Body)]
        )
    ),
    Rows = Answer${path.join('')},
    Data = if Rows is list then Table.FromRecords(${records}) else Record.ToTable(Rows)
in
    Data
`;
  },
};

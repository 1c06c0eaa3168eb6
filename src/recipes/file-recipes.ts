import { javascriptText, powerQueryText, pythonText, rText, shellText, sqlText } from './quote.js';
import type { FileSource } from './source.js';

/** Code that reads a file, by the name of its recipe. */
export const fileRecipes = {
  curl: ({ name, url }: FileSource) => `curl --fail --compressed --output ${name}.csv ${shellText(url('csv'))}
`,

  pandas: ({ url }: FileSource) => `import pandas as pd

data = pd.read_csv(${pythonText(url('csv'))}, encoding="utf-8-sig", dtype_backend="numpy_nullable")
days = [name for name in data.columns if name.endswith((".earliest", ".latest"))]
data[days] = data[days].astype("datetime64[s]")
print(data)
`,

  python: ({ url }: FileSource) => `import csv
import io
import urllib.request

with urllib.request.urlopen(${pythonText(url('csv'))}) as response:
    text = io.TextIOWrapper(response, encoding="utf-8-sig", newline="")
    data = list(csv.DictReader(text))
print(len(data))
`,

  r: ({ url }: FileSource) => `library(readr)

data <- read_csv(${rText(url('csv'))})
print(data)
`,

  javascript: ({ url }: FileSource) => `const response = await fetch(${javascriptText(url('ndjson'))});
if (!response.ok) throw new Error(await response.text());
const lines = (await response.text()).split("\\n").filter(line => line !== "");
const data = lines.map(line => JSON.parse(line));
console.log(data.length);
`,

  duckdb: ({ url }: FileSource) => `SELECT * FROM read_parquet(${sqlText(url('parquet'))});
`,

  powerQuery: ({ url }: FileSource) => `let
    Source = Csv.Document(
        Web.Contents(${powerQueryText(url('csv'))}),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Data = Table.PromoteHeaders(Source, [PromoteAllScalars = true])
in
    Data
`,
};

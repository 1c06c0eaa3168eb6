// Collects the questions of the analysts into one file, for their pages: documents in the order of their names, with the
// values of their variables.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';

const questions = globSync('test/questions/*.graphql')
  .sort()
  .map(file => {
    const variables = file.replace(/\.graphql$/, '.variables.json');
    return {
      query: readFileSync(file, 'utf8'),
      variables: existsSync(variables) ? JSON.parse(readFileSync(variables, 'utf8')) : {},
    };
  });
writeFileSync('dist/questions.json', JSON.stringify(questions));

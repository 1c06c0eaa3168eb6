import type { CodegenConfig } from '@graphql-codegen/cli';
import { scalars } from 'stedenband/client/scalars';

const config: CodegenConfig = {
  // Or the file `stedenband/client/schema.graphql`.
  schema: 'http://127.0.0.1:4000/schema.graphql',
  documents: ['src/**/*.tsx'],
  generates: {
    'src/gql/': {
      preset: 'client',
      // Writes src/gql/persisted-documents.json: the file of TRUSTED_DOCUMENTS.
      presetConfig: { persistedDocuments: true },
      config: { strictScalars: true, scalars },
    },
  },
};
export default config;

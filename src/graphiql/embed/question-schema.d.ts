declare module 'virtual:question-schema' {
  export const introspection: import('graphql').IntrospectionQuery;
}

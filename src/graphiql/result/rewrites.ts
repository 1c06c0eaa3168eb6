import { type GraphQLSchema, getNamedType, Kind, parse, print, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** Returns a query without the cursors of its lists; undefined if it has none. */
export function withoutCursors(query: string): string | undefined {
  let hasCursor = false;
  const document = visit(parse(query, { noLocation: true }), {
    Argument: node => {
      if (node.name.value !== 'after' && node.name.value !== 'before') return undefined;
      hasCursor = true;
      return null;
    },
  });
  return hasCursor ? print(document) : undefined;
}

/** Returns a query whose dates are texts, as the register wants them; undefined if they are. */
export function withDatesAsTexts(schema: GraphQLSchema, query: string): string | undefined {
  const typeInfo = new TypeInfo(schema);
  let hasNumber = false;
  const document = visit(
    parse(query, { noLocation: true }),
    visitWithTypeInfo(typeInfo, {
      IntValue: node => {
        if (getNamedType(typeInfo.getInputType())?.name !== 'PartialDate') return undefined;
        hasNumber = true;
        return { kind: Kind.STRING, value: node.value } as const;
      },
    }),
  );
  return hasNumber ? print(document) : undefined;
}

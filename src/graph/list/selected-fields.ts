import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

const cache = new WeakMap<GraphQLResolveInfo['fieldNodes'], ReadonlySet<string>>();

/** Returns the names of the fields selected below the field that is resolved, fragments included. */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  let names = cache.get(info.fieldNodes);
  if (!names) {
    names = collectNames(info);
    cache.set(info.fieldNodes, names);
  }
  return names;
}

function collectNames(info: GraphQLResolveInfo): Set<string> {
  const names = new Set<string>();
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else collect(info.fragments[selection.name.value]?.selectionSet);
    }
  };
  for (const node of info.fieldNodes) collect(node.selectionSet);
  return names;
}

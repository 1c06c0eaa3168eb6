import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** The fields whose values are texts or types of this release, at any moment, by type. */
const RELEASE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Query: ['__schema', '__type', '_service', 'codeList', 'codeLists'],
  FieldChange: ['label', 'beforeLabel', 'afterLabel', 'codeList'],
};

const selectionsByDocument = new WeakMap<DocumentNode, boolean>();

/**
 * Returns whether a valid document selects a field that another release may answer otherwise, also about a past moment:
 * introspection, the SDL, and our own labels of codes and fields. Computed once per document.
 */
export function selectsReleaseFields(schema: GraphQLSchema, document: DocumentNode): boolean {
  let isSelected = selectionsByDocument.get(document);
  if (isSelected !== undefined) return isSelected;
  isSelected = false;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        isSelected ||= RELEASE_FIELDS[types.getParentType()?.name ?? '']?.includes(name.value) === true;
      },
    }),
  );
  selectionsByDocument.set(document, isSelected);
  return isSelected;
}

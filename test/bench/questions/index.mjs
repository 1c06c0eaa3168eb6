// The questions: what is asked, of whom, with which variables.
import { readFileSync } from 'node:fs';

const text = path => readFileSync(new URL(path, import.meta.url), 'utf8');

const all = ['limit', 'floor', 'postgraphile', 'mercurius', 'mercuriusShared', 'ours', 'cached'];
const withoutPeers = ['limit', 'floor', 'ours', 'cached'];

/** Ids of the register proper, which both databases hold. */
const ids = { tie: 'tie-rotterdam-shanghai', province: 'nl-prov-zuid-holland' };

/**
 * @typedef {object} Question
 * @property {string} name
 * @property {string} title
 * @property {string[]} by the contestants that answer it
 * @property {(database: {name: string, some: Record<string, any>}) => object | undefined} variables none: not on this database
 * @property {string} [file] the document, where it is not named like the question
 */

/** @type {Question[]} */
export const questions = [
  { name: 'Q1', title: 'first 20 ties by start, both names', by: all, variables: () => ({}) },
  { name: 'Q2', title: 'the same, with ties of the Dutch side, exchanges, programmes', by: all, variables: () => ({}) },
  { name: 'Q3', title: 'one tie by id, both names', by: all, variables: () => ({ id: ids.tie }) },
  { name: 'Q4', title: 'active ties of a province, counted', by: all, variables: () => ({ province: ids.province }) },
  { name: 'Q5', title: 'ties by status and decade', by: all, variables: () => ({}) },
  { name: 'Q6', title: 'a search', by: withoutPeers, variables: ({ some }) => ({ text: some.word }) },
  {
    name: 'Q7',
    title: '_entities with 100 keys',
    by: withoutPeers,
    needs: '_entities',
    variables: ({ some }) => ({ keys: some.authorities }),
  },
  { name: 'Q8 page 1', file: 'Q8', title: 'exchanges, page 1', by: ['ours'], variables: () => ({ after: null }) },
  {
    name: 'Q8 page 500',
    file: 'Q8',
    title: 'exchanges, page 500 by cursor',
    by: ['ours'],
    variables: ({ some }) => some.cursor && { after: some.cursor },
  },
];

/** Q9: Q2 as texts that no server has seen before. */
export const COLD = { name: 'Q9', file: 'Q2', by: ['postgraphile', 'mercurius', 'ours'] };

/** The request body that asks a contestant; PostGraphile's schema is its own, so its document is. */
export function bodyFor(contestant, { name, file = name }, variables) {
  const folder = contestant === 'postgraphile' ? 'postgraphile/' : '';
  return JSON.stringify({ query: text(`${folder}${file}.graphql`), operationName: file, variables });
}

import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import { useReaderLanguage } from '../language.js';
import { readHeaders } from '../read-headers.js';
import { createProposalApi, type ProposalApi, type Viewer } from './proposal-api.js';

/** The access that the headers of the active tab give. */
export type Access =
  | { readonly state: 'asking' | 'keyless' | 'unreadable' }
  | { readonly state: 'lacking'; readonly name: string }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'granted'; readonly api: ProposalApi; readonly viewer: Viewer };

/** Time without typing before a key is tried: wrong keys cost points. */
const TYPING_PAUSE_MS = 600;

/** Asks the register what the headers of the active tab allow, whenever they change. */
export function useAccess(): Access {
  const text = useGraphiQL(state => state.tabs[state.activeTabIndex]?.headers ?? '');
  const language = useReaderLanguage();
  const headers = useMemo(() => readHeaders(text), [text]);
  const [access, setAccess] = useState<Access>({ state: 'asking' });
  useEffect(() => {
    if (!headers) {
      setAccess({ state: 'unreadable' });
      return undefined;
    }
    const api = createProposalApi(headers, language);
    const request = new AbortController();
    const ask = async () => {
      const viewer = await api.viewer(request.signal);
      const { kind, name, scopes } = viewer;
      if (kind === 'ANONYMOUS') return setAccess({ state: 'keyless' });
      const isReviewer = scopes.includes('proposal:review') || scopes.includes('register:admin');
      return setAccess(isReviewer ? { state: 'granted', api, viewer } : { state: 'lacking', name });
    };
    const start = () =>
      ask().catch((error: unknown) => {
        if (!request.signal.aborted) setAccess({ state: 'failed', error });
      });
    const timer = setTimeout(start, Object.keys(headers).length > 0 ? TYPING_PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [headers, language]);
  return access;
}

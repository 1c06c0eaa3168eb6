import { createRoot } from 'react-dom/client';
import { connect } from 'stedenband/client';
import { openIndexedDbStore } from 'stedenband/client/indexeddb';
import { App } from './app.js';

const url = new URLSearchParams(location.search).get('register') ?? 'http://127.0.0.1:4000/graphql';
const store = await openIndexedDbStore('client-app');

createRoot(document.getElementById('root') as HTMLElement).render(<App register={connect({ url })} store={store} />);

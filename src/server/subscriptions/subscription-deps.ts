import type { Authenticator } from '../../access/authenticate.js';
import type { Identity } from '../../access/identity.js';
import type { ChangeStream } from '../../change/stream.js';
import type { Context } from '../../context.js';
import type { Fork } from '../../graph/sql/fork.js';
import type { DocumentStore } from '../graphql/document-store.js';
import type { ExecutionDeps } from '../graphql/execute-operation.js';
import type { TrustedDocuments } from '../graphql/trusted-documents.js';
import type { ClientAddressResolver } from '../http/client-address.js';
import type { Fanout } from './fanout.js';

/** The dependencies of a transport for operations of all types. */
export interface SubscriptionDeps extends ExecutionDeps {
  authenticator: Authenticator;
  clientAddress: ClientAddressResolver;
  documents: DocumentStore;
  trustedDocuments: TrustedDocuments | undefined;
  fanout: Fanout;
  changes: ChangeStream;
  fork(): Fork;
  context(identity: Identity, address?: string, acceptLanguage?: string): Context;
}

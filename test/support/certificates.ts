import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of certificates in the format PEM. */
export interface Certificates {
  /** The authority that signed the other two. */
  ca: string;
  /** An authority that signed none. */
  otherCa: string;
  /** Of the address 127.0.0.1, and of no name. */
  server: { cert: string; key: string };
  /** Of a client with this name. */
  client: { cert: string; key: string };
}

/** Makes an authority and what it signs, by openssl. */
export function makeCertificates(folder: string, client: string): Certificates {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const path = (name: string) => join(folder, name);
  const newKey = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
  const authority = (name: string) => {
    openssl('req', '-x509', ...newKey(name), '-out', `${name}.crt`, '-days', '2', '-subj', `/CN=${name}`);
    return path(`${name}.crt`);
  };
  const signed = (name: string, subject: string, extensions: string) => {
    writeFileSync(path(`${name}.ext`), extensions);
    openssl('req', ...newKey(name), '-out', `${name}.csr`, '-subj', `/CN=${subject}`);
    const by = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`];
    openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.crt`, ...by);
    return { cert: path(`${name}.crt`), key: path(`${name}.key`) };
  };
  return {
    ca: authority('ca'),
    otherCa: authority('other-ca'),
    server: signed('server', 'register', 'subjectAltName=IP:127.0.0.1'),
    client: signed('client', client, 'extendedKeyUsage=clientAuth'),
  };
}

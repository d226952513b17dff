import type { Ports } from '../../src/nodes/ports/ports.ts'

/** What a node needs around the server, by the port that reaches it. */
const dependencies: Readonly<Partial<Record<keyof Ports, string>>> = {
  mailer:
    'A mail server: that of `SIDEGATE_SMTP_URL`, unless the settings name another one. Without it, mail waits.',
  directories: 'A directory that speaks LDAP and that the server can reach.',
  social: 'Identity providers that the realm has and has enabled.',
  socialClients: 'This server as an application at the provider.',
  saml: 'A hosted service provider, the identity provider, and an active circle of trust with both, in the realm.',
  authorizedKeys: 'A file of public keys in the data folder.',
  web: 'A service that the server can reach. One with a private address has to be in `SIDEGATE_HTTP_ALLOW`.',
  selfService: 'What the realm has decided about terms, security questions and consent.',
  oath: 'An authenticator app that makes one-time passwords, with the person.',
  passkeys: 'A browser that knows passkeys, on a page that comes by HTTPS or from `localhost`.',
  deviceKeys: 'An app that binds devices, as the vendor’s mobile SDKs do.',
}

/** Sentences for the ports of a type; empty when it needs nothing but the server. */
export function dependenciesOf(needs: readonly (keyof Ports)[]): string[] {
  return needs.flatMap((port) => dependencies[port] ?? [])
}

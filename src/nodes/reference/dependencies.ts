import type { Ports } from '../ports/ports.ts'

/** Outside systems that a node needs, by port. */
const dependencies: Readonly<Partial<Record<keyof Ports, string>>> = {
  mailer:
    'A mail server: that of `SIDEGATE_SMTP_URL`, unless the settings name another one. Without it, emails wait.',
  messenger:
    'A gateway for text messages in the realm’s settings (`messaging.sms`), unless the node names a mail server of an email-to-SMS service.',
  directories: 'An LDAP directory that the server can reach.',
  social: 'Enabled identity providers of the realm.',
  socialClients: 'A registration of this server at the provider.',
  saml: 'In the realm: a hosted service provider, the identity provider, and an active circle of trust with both.',
  authorizedKeys: 'A file of public keys in the data folder.',
  radius: 'A RADIUS server. Private addresses must be in `SIDEGATE_RADIUS_ALLOW`.',
  web: 'A service that the server can reach. Private addresses must be in `SIDEGATE_HTTP_ALLOW`.',
  selfService: 'The realm settings for terms, security questions and consent.',
  oath: 'An authenticator app for one-time passwords.',
  passkeys: 'A browser with passkeys, on a page served over HTTPS or from `localhost`.',
  deviceKeys: 'An app with device binding, such as one with the vendor’s mobile SDKs.',
}

/** One sentence per port; empty if a type needs only the server. */
export function dependenciesOf(needs: readonly (keyof Ports)[]): string[] {
  // A node that asks RADIUS takes only a secret from the web.
  const asked = needs.filter((port) => port !== 'web' || !needs.includes('radius'))
  return asked.flatMap((port) => dependencies[port] ?? [])
}

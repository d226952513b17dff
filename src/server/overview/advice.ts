import { isWeakAlone } from '../../attributes/common-passwords.ts'
import { type Config, isLoopback } from '../../config.ts'

/** `danger`: unsafe as it is. `missing`: something doesn't work. */
export type Advice = { kind: 'danger' | 'missing'; text: string }

const danger = (text: string): Advice => ({ kind: 'danger', text })
const missing = (text: string): Advice => ({ kind: 'missing', text })

/** Advice on a setting that is missing or dangerous, with the way to change it. */
export function adviceOn(variable: string, config: Config): Advice | undefined {
  return Object.hasOwn(advisers, variable) ? advisers[variable]?.(config) : undefined
}

const advisers: Readonly<Record<string, (config: Config) => Advice | undefined>> = {
  SIDEGATE_BASE_URL: onBaseUrl,
  SIDEGATE_TRUSTED_PROXIES: onProxies,
  SIDEGATE_SMTP_URL: onMailServer,
  SIDEGATE_MAIL_FROM: onSender,
  SIDEGATE_SAMPLES: onSamples,
  SIDEGATE_ADMIN_PASSWORD: onAdminPassword,
}

function onBaseUrl({ baseUrl, host }: Config): Advice | undefined {
  if (baseUrl === undefined) {
    if (isLoopback(host)) return undefined
    return missing(
      'Requests with another host than localhost are refused, and links in emails lead to localhost. Set SIDEGATE_BASE_URL to the address that people use.',
    )
  }
  const { protocol, hostname } = new URL(baseUrl)
  if (protocol === 'https:' || isLoopback(hostname)) return undefined
  return danger(
    'Passwords, codes and sessions travel unencrypted. Put a proxy with a certificate in front of the server, and set SIDEGATE_BASE_URL to its https address.',
  )
}

function onProxies({ trustedProxies, baseUrl }: Config): Advice | undefined {
  if (trustedProxies.some((range) => /\/0+$/.test(range))) {
    return danger(
      'Every client can pretend to have another address, so limits per address don’t hold. Set SIDEGATE_TRUSTED_PROXIES to the addresses of your proxies only.',
    )
  }
  if (trustedProxies.length > 0 || baseUrl?.startsWith('https:') !== true) return undefined
  return missing(
    'Behind a proxy, all requests seem to come from its address and share the limits of one address. Set SIDEGATE_TRUSTED_PROXIES to the addresses of your proxies.',
  )
}

function onMailServer({ smtpUrl }: Config): Advice | undefined {
  if (smtpUrl !== undefined) return undefined
  return missing('No mail server: emails wait, and are dropped after a day. Set SIDEGATE_SMTP_URL.')
}

function onSender({ smtpUrl, mailFrom }: Config): Advice | undefined {
  if (smtpUrl === undefined || !/@localhost>?$/.test(mailFrom)) return undefined
  return missing(
    'Many mail servers refuse a sender at localhost. Set SIDEGATE_MAIL_FROM, or the sender in the settings of each realm.',
  )
}

function onSamples(config: Config): Advice | undefined {
  if (!config.withSamples || config.isPrivate) return undefined
  return danger(
    'A new data folder gets sample people whose passwords are published, and others can reach this server. Set SIDEGATE_SAMPLES to off.',
  )
}

function onAdminPassword({ adminPassword }: Config): Advice | undefined {
  if (adminPassword === undefined || !isWeakAlone(adminPassword)) return undefined
  return danger(
    'The password of amadmin is easy to guess. Set SIDEGATE_ADMIN_PASSWORD to 15 characters or more and no common password.',
  )
}

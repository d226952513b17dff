import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('an empty environment gives a server for this machine alone, with samples', () => {
  expect(readConfig({})).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    dataFolder: './data',
    withSamples: true,
  })
})

test('samples stay out where others can reach the server, unless said', () => {
  expect(readConfig({ HOST: '0.0.0.0' }).withSamples).toBe(false)
  expect(readConfig({ HOST: '0.0.0.0', SIDEGATE_SAMPLES: 'on' }).withSamples).toBe(true)
  expect(readConfig({ SIDEGATE_SAMPLES: 'off' }).withSamples).toBe(false)
})

test.each([
  [{ SIDEGATE_BASE_URL: 'https://sso.example.com' }, false],
  [{ SIDEGATE_BASE_URL: 'https://127.0.0.1.example.com' }, false],
  [{ SIDEGATE_TRUSTED_PROXIES: '127.0.0.1' }, false],
  [{ SIDEGATE_BASE_URL: 'http://localhost:8080' }, true],
  [{ SIDEGATE_BASE_URL: 'http://[::1]:8080' }, true],
])('behind a proxy on the same machine samples stay out, unless said: %o', (environment, isPrivate) => {
  expect(readConfig(environment).withSamples).toBe(isPrivate)
  expect(readConfig({ ...environment, SIDEGATE_SAMPLES: 'on' }).withSamples).toBe(true)
})

test.each<[NodeJS.ProcessEnv, boolean]>([
  [{}, true],
  [{ SIDEGATE_SAMPLES: 'on' }, true],
  [{ SIDEGATE_SAMPLES: 'off' }, false],
  [{ HOST: '0.0.0.0', SIDEGATE_SAMPLES: 'on' }, false],
  [{ SIDEGATE_BASE_URL: 'https://sso.example.com', SIDEGATE_SAMPLES: 'on' }, false],
  [{ SIDEGATE_TRUSTED_PROXIES: '127.0.0.1' }, false],
])(
  'administrators can add sample people only to a private server whose operator wants them: %o',
  (given, expected) => {
    expect(readConfig(given).allowsSamplePeople).toBe(expected)
  },
)

test('hosts that LDAP, RADIUS and SMTP connections may reach inside are listed apart from those for HTTP', () => {
  expect(readConfig({})).toMatchObject({ httpAllow: [], ldapAllow: [], radiusAllow: [], smtpAllow: [] })
  const named = {
    SIDEGATE_HTTP_ALLOW: 'api.internal',
    SIDEGATE_LDAP_ALLOW: 'dc1.internal:636, dc2.internal',
    SIDEGATE_RADIUS_ALLOW: 'radius.internal:1812',
    SIDEGATE_SMTP_ALLOW: 'mail.internal',
  }
  expect(readConfig(named)).toMatchObject({
    httpAllow: ['api.internal'],
    ldapAllow: ['dc1.internal:636', 'dc2.internal'],
    radiusAllow: ['radius.internal:1812'],
    smtpAllow: ['mail.internal'],
  })
})

test('an empty variable is the same as an unset one', () => {
  expect(readConfig({ PORT: '', SIDEGATE_BASE_URL: '' })).toMatchObject({ port: 8080, baseUrl: undefined })
})

test.each([
  [{ PORT: 'http' }, 'The setting PORT is invalid: must be a port number'],
  [{ SIDEGATE_SAMPLES: 'yes' }, "The setting SIDEGATE_SAMPLES is invalid: must be 'on' or 'off'"],
  [
    { SIDEGATE_BASE_URL: 'sso.example.com' },
    'must be scheme and host without a path, such as https://sso.example.com',
  ],
  [{ SIDEGATE_SMTP_URL: 'mail.example.com:25' }, 'must be smtp://host:port or smtps://host:port'],
  [{ SIDEGATE_METRICS_PASSWORD: 'short' }, 'must have 16 characters or more'],
  [
    { SIDEGATE_AUDIT_SYSLOG: 'logs.example.com:514' },
    'The setting SIDEGATE_AUDIT_SYSLOG is invalid: must be udp://host:port',
  ],
  [
    { SIDEGATE_AUDIT_SYSLOG: 'http://logs:514' },
    'must be udp://host:port, tcp://host:port or tls://host:port',
  ],
  [{ SIDEGATE_DATABASE_CONNECTIONS: '0' }, 'SIDEGATE_DATABASE_CONNECTIONS is invalid: must be 1 or more'],
  [{ SIDEGATE_MAX_FEEDS: 'many' }, 'must be a whole number'],
  [{ SIDEGATE_MAX_WAITING_SCRIPTS: '1.5' }, 'must be a whole number'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'must be http://host:port or https://host:port'],
  [{ OTEL_TRACES_SAMPLER: 'some' }, 'The setting OTEL_TRACES_SAMPLER is invalid'],
  [{ OTEL_TRACES_SAMPLER_ARG: '2' }, 'The setting OTEL_TRACES_SAMPLER_ARG is invalid'],
  [{ SIDEGATE_STOP_DELAY_SECONDS: '20' }, 'must be less than SIDEGATE_STOP_SECONDS'],
  [{ SIDEGATE_MASTER_KEY: 'short' }, 'must be 32 random bytes in base64url'],
  [{ SIDEGATE_BASE_URL: 'https://sso.example.com/am' }, 'must be scheme and host without a path'],
  [{ SIDEGATE_SHORT_URL: 'go.example.com/c' }, 'must be an address without query and fragment'],
  [{ SIDEGATE_SHORT_URL: 'https://go.example.com/c#X' }, 'must be an address without query and fragment'],
  [{ SIDEGATE_SHORT_URL: 'https://go.example.com/c' }, 'SIDEGATE_SHORT_URL needs SIDEGATE_BASE_URL'],
  [{ SIDEGATE_STAFF_URL: 'https://staff.example.com/am' }, 'must be scheme and host without a path'],
  [{ SIDEGATE_STAFF_URL: 'https://staff.example.com' }, 'SIDEGATE_STAFF_URL needs SIDEGATE_BASE_URL'],
  [
    { SIDEGATE_BASE_URL: 'https://sso.example.com', SIDEGATE_STAFF_URL: 'https://sso.example.com:8443' },
    'SIDEGATE_STAFF_URL must have another host name than SIDEGATE_BASE_URL',
  ],
  [{ SIDEGATE_TRUSTED_PROXIES: 'proxy.example.com' }, 'must be addresses, or ranges such as 10.0.0.0/8'],
  [{ SIDEGATE_TRUSTED_PROXIES: '10.0.0.0/33' }, 'must be addresses'],
  [{ SIDEGATE_TRUSTED_PROXIES: '10.0.0.1, true' }, 'must be addresses'],
])('refuses %o with an error that names the variable', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message)
})

test('takes the short address without its last slash', () => {
  const settings = {
    SIDEGATE_BASE_URL: 'https://sso.example.com',
    SIDEGATE_SHORT_URL: 'https://go.example.com/',
  }
  expect(readConfig(settings).shortUrl).toBe('https://go.example.com')
  expect(readConfig({}).shortUrl).toBeUndefined()
})

test('does not repeat a refused password', () => {
  expect(() => readConfig({ SIDEGATE_ADMIN_PASSWORD: 'short' })).toThrow(
    /^The setting SIDEGATE_ADMIN_PASSWORD is invalid: must have 8 characters or more$/,
  )
})

test('trusts proxies by address and range, and none by default', () => {
  expect(readConfig({}).trustedProxies).toEqual([])
  const named = readConfig({ SIDEGATE_TRUSTED_PROXIES: '10.0.0.0/8, 192.0.2.7,fd00::/8' })
  expect(named.trustedProxies).toEqual(['10.0.0.0/8', '192.0.2.7', 'fd00::/8'])
})

test('sends traces only to a configured collector', () => {
  expect(readConfig({}).traces).toBeUndefined()
  const endpoint = 'http://localhost:4318'
  expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).traces).toEqual({
    endpoint,
    sampler: 'parentbased_always_on',
    share: 1,
  })
})

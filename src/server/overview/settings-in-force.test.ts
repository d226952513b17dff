import { describe, expect, test } from 'vitest'
import { readConfig, settingNames } from '../../config.ts'
import { settingsInForce } from './settings-in-force.ts'

/** Every setting, with secrets that can be recognised in whatever is shown. */
const environment: Readonly<Record<string, string>> = {
  PORT: '8443',
  HOST: '0.0.0.0',
  SIDEGATE_DATA: '/srv/sidegate',
  SIDEGATE_ADMIN_PASSWORD: 'HUSH-admin-password-1',
  SIDEGATE_SAMPLES: 'on',
  SIDEGATE_BASE_URL: 'https://sso.example.com',
  SIDEGATE_STAFF_URL: 'https://staff.example.com',
  SIDEGATE_SHORT_URL: 'https://go.example.com/c',
  SIDEGATE_SHORT_NAME: 'Example Help',
  SIDEGATE_SMTP_URL: 'smtps://HUSH-user:HUSH-pass@mail.example.com:465/?dkim=HUSH-key',
  SIDEGATE_MAIL_FROM: 'Help <help@example.com>',
  SIDEGATE_HTTP_ALLOW: 'crm.internal:8080,https://HUSH-user:HUSH-pass@crm.internal',
  SIDEGATE_LDAP_ALLOW: 'ldap.internal,ldap://cn=HUSH:HUSH@ldap.internal',
  SIDEGATE_RADIUS_ALLOW: 'radius.internal,radius://HUSH:HUSH@radius.internal',
  SIDEGATE_SMTP_ALLOW: '[::1]:25,smtp://HUSH:HUSH@relay.internal',
  SIDEGATE_TRUSTED_PROXIES: '10.0.0.0/8',
  SIDEGATE_METRICS_PASSWORD: 'HUSH-metrics-password',
  SIDEGATE_LOG_API_KEY: 'HUSH-log-key',
  SIDEGATE_LOG_API_SECRET: 'HUSH-log-secret-1',
  SIDEGATE_MASTER_KEY: 'HUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUS',
  SIDEGATE_NEW_MASTER_KEY: 'HUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUSHHUA',
  SIDEGATE_AUDIT_SYSLOG: 'tls://siem.example.com:6514',
  SIDEGATE_LOG_LEVEL: 'debug',
  SIDEGATE_LOG_FORMAT: 'json',
  SIDEGATE_DATABASE_CONNECTIONS: '11',
  SIDEGATE_MAX_FEEDS: '21',
  SIDEGATE_MAX_FEEDS_PER_ADDRESS: '22',
  SIDEGATE_MAX_CONNECTIONS_PER_ADDRESS: '23',
  SIDEGATE_MAX_UNANSWERED_JOURNEYS: '24',
  SIDEGATE_MAX_WAITING_PASSWORDS: '25',
  SIDEGATE_MAX_WAITING_SCRIPTS: '26',
  SIDEGATE_STOP_SECONDS: '27',
  SIDEGATE_STOP_DELAY_SECONDS: '3',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'https://HUSH-user:HUSH-pass@otel.example.com:4318/?token=HUSH',
  OTEL_TRACES_SAMPLER: 'always_on',
  OTEL_TRACES_SAMPLER_ARG: '0.5',
  DATABASE_URL: 'postgres://HUSH-user:HUSH-pass@db.example.com:5432/HUSH-name?sslpassword=HUSH',
}

const defaults = readConfig({})
const shownFor = (change: Readonly<Record<string, string>>) => settingsInForce(readConfig(change), defaults)
const settingOf = (change: Readonly<Record<string, string>>, variable: string) =>
  shownFor(change).find(({ variables }) => variables.includes(variable))

describe('the settings in force', () => {
  test('contain no secret of any setting', () => {
    expect(Object.keys(environment).toSorted()).toEqual([...settingNames].toSorted())
    expect(JSON.stringify(shownFor(environment))).not.toContain('HUSH')
  })

  test.each([
    'smtp://HUSH#HUSH@mail.example.com',
    'smtp://user:12/HUSH@mail.example.com',
    'smtp://user?HUSH@mail.example.com',
  ])('contain no part of a password that needs encoding: %s', (url) => {
    expect(settingOf({ SIDEGATE_SMTP_URL: url }, 'SIDEGATE_SMTP_URL')?.value).toMatch(/can’t be shown/)
  })

  const lists = ['SIDEGATE_HTTP_ALLOW', 'SIDEGATE_LDAP_ALLOW', 'SIDEGATE_RADIUS_ALLOW', 'SIDEGATE_SMTP_ALLOW']
  test.each(lists)('contain no part of a password with a comma in %s', (variable) => {
    for (const list of [
      'https://svc:HUSH,12@crm.internal',
      'https://svc:12,HUSH,34@crm.internal',
      'crm.internal,https://svc:1,HUSH/2@crm.internal',
      'svc:HUSH',
      'svc:12,//HUSH',
    ]) {
      expect(settingOf({ [variable]: list }, variable)?.value).toMatch(/can’t be shown/)
    }
  })

  test.each(lists)('show hosts, ports and addresses in %s', (variable) => {
    const list = 'crm.internal, 10.0.0.7:8080, [fd00::1]:443, [::1], fd00::2, localhost'
    const shown = settingOf({ [variable]: list.replaceAll(', ', ',') }, variable)?.value
    expect(shown).toBe(list)
  })

  test('name hosts, and say what is the default', () => {
    const values = Object.fromEntries(
      shownFor(environment).map(({ variables, value, isDefault }) => [variables[0], { value, isDefault }]),
    )
    expect(values).toMatchObject({
      SIDEGATE_SMTP_URL: { value: 'mail.example.com:465, TLS', isDefault: false },
      DATABASE_URL: { value: 'PostgreSQL at db.example.com:5432', isDefault: false },
      SIDEGATE_TRUSTED_PROXIES: { value: '10.0.0.0/8', isDefault: false },
      SIDEGATE_MASTER_KEY: { value: 'From the environment' },
    })
    expect(shownFor({}).every(({ isDefault }) => isDefault)).toBe(true)
  })

  test('show every setting that the server uses, by its variable', () => {
    const shown = shownFor({}).flatMap(({ variables }) => variables)
    // Read by a command, and parts of the setting for traces.
    const others = ['SIDEGATE_NEW_MASTER_KEY', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG']
    expect([...shown, ...others].toSorted()).toEqual([...settingNames].toSorted())
  })
})

describe('advice', () => {
  test.each([
    [{}, 'SIDEGATE_SMTP_URL', 'missing', /emails wait/],
    [{ HOST: '0.0.0.0' }, 'SIDEGATE_BASE_URL', 'missing', /links in emails lead to localhost/],
    [{ SIDEGATE_BASE_URL: 'http://sso.example.com' }, 'SIDEGATE_BASE_URL', 'danger', /unencrypted/],
    [{ SIDEGATE_BASE_URL: 'https://sso.example.com' }, 'SIDEGATE_TRUSTED_PROXIES', 'missing', /same|share/],
    [{ SIDEGATE_TRUSTED_PROXIES: '0.0.0.0/0' }, 'SIDEGATE_TRUSTED_PROXIES', 'danger', /pretend/],
    [{ SIDEGATE_SMTP_URL: 'smtp://mail.example.com' }, 'SIDEGATE_MAIL_FROM', 'missing', /localhost/],
    [{ HOST: '0.0.0.0', SIDEGATE_SAMPLES: 'on' }, 'SIDEGATE_SAMPLES', 'danger', /published/],
    [{ SIDEGATE_ADMIN_PASSWORD: 'password1' }, 'SIDEGATE_ADMIN_PASSWORD', 'danger', /easy to guess/],
  ] as const)('%o: %s is %s', (change, variable, kind, text) => {
    expect(settingOf(change, variable)?.advice).toEqual({ kind, text: expect.stringMatching(text) })
  })

  test('is not given on a server for this machine, and on a complete one', () => {
    const about = (change: Readonly<Record<string, string>>) =>
      shownFor(change).filter(({ advice }) => advice !== null)
    expect(about({}).map(({ variables }) => variables[0])).toEqual(['SIDEGATE_SMTP_URL'])
    expect(about({ SIDEGATE_BASE_URL: 'http://localhost:8080' })).toHaveLength(1)
    expect(about({ ...environment, SIDEGATE_SAMPLES: 'off' })).toEqual([])
  })
})

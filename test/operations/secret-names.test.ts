import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/base/json.ts'
import { authenticationToPreserve } from '../../src/http/realms/preserved-authentication.ts'
import { memberChanges } from '../../src/journeys/compare/member-changes.ts'
import { holdsSecret, maskedSecretsIn } from '../../src/journeys/compare/secrets.ts'
import { withoutSecrets } from '../../src/journeys/exchange/kept-documents.ts'
import { secretSettings, secretsIn } from '../../src/journeys/lint/plain-secrets.ts'
import { withoutUnusedSecrets } from '../../src/journeys/sealed-configuration.ts'
import { standInIds } from '../../src/nodes/stand-ins/stand-in-types.ts'
import { shownState } from '../../src/nodes/utilities/debug.ts'
import { policySchema } from '../../src/realms/help-desk-policies.ts'
import { helpDeskSchema } from '../../src/realms/help-desk-settings.ts'
import { keptDocument } from '../../src/realms/kept-document.ts'
import { realmSettingsSchema } from '../../src/realms/realm.ts'
import { standInsSchema } from '../../src/realms/stand-in-settings.ts'
import { Mask } from '../../src/runtime/mask.ts'
import { standInPort } from '../../src/runtime/ports/stand-in-port.ts'
import { TraceMask } from '../../src/testing/trace/trace-mask.ts'
import { writtenSecrets } from '../../src/testing/walk-secrets.ts'
import { answerKind } from '../../src/walks/answer-kinds.ts'

const value = 'tulip7rose'

const hasValue = (shown: unknown) => JSON.stringify(shown).includes(value)

/** Everything that decides by a name what a credential is, as whether it hides a value of this name. */
type Readers = Readonly<Record<string, (name: string) => boolean | Promise<boolean>>>

const standIn = (body: JsonObject) =>
  standInsSchema.safeParse([{ type: 'RESTNode', does: 'hook', url: 'https://a.example', ...body }])

const ofSettings: Readers = {
  'a document that is kept': (name) => !hasValue(keptDocument({ [name]: value })),
  'a setting that an import keeps': (name) => !hasValue(withoutSecrets({ [name]: value }).value),
  'the authentication settings of the vendor': async (name) =>
    !hasValue(
      await authenticationToPreserve(
        { read: async () => undefined },
        '/',
        { other: { [name]: value } },
        realmSettingsSchema.parse({}),
      ),
    ),
  'a node that can’t run here': (name) =>
    !hasValue(
      withoutUnusedSecrets({ id: 'n', type: standInIds[0] ?? '', version: '1.0', config: { [name]: value } }),
    ),
  'the settings that a stand-in sends': (name) =>
    !hasValue(standInPort({ settings: { standIns: [] } } as never).withoutSecrets({ [name]: value })),
  'a comparison of settings': (name) =>
    !hasValue(
      memberChanges({ [name]: 'before' }, { [name]: value }, {
        isSecret: () => false,
        titleOf: (each: string) => each,
        names: new Map(),
      } as never),
    ),
  'a comparison of values': (name) => holdsSecret({ [name]: value }),
  'a changed line of a script': (name) => !hasValue(maskedSecretsIn(`+ call('x', {"${name}": "${value}"})`)),
  'the lint of settings': (name) => secretSettings({ deep: { [name]: value } }).length > 0,
  'the lint of scripts': (name) => secretsIn(`const x = { 'other': 'y "${name}": "${value}"' }`).length > 0,
  'a trace of a test': (name) => !hasValue(new TraceMask([]).settings({ [name]: value })),
  'a walk file': (name) => writtenSecrets({ [name]: value }).length > 0,
}

const ofState: Readers = {
  'a watched run': (name) => !hasValue(new Mask().value({ [name]: value })),
  'the Debug node': (name) => !hasValue(shownState({ shared: { [name]: value }, secure: {}, transient: {} })),
  'what a stand-in may send': (name) => !standIn({ sends: [name] }).success,
  'what a stand-in may set': (name) => !standIn({ takes: [name] }).success,
  'an attribute of a policy': (name) =>
    !policySchema.safeParse({ name: 'p', people: { attribute: { name } }, needs: { secondAgent: true } })
      .success,
  'members of notifications that agents see': (name) =>
    !helpDeskSchema.safeParse({ notificationKeys: [name] }).success,
  'attributes that agents see': (name) => !helpDeskSchema.safeParse({ fields: [name] }).success,
  'an answer that is recorded': (name) => {
    const asked = { type: 'TextInputCallback', output: [{ name: 'prompt', value: name }] }
    return ['secret', 'code'].includes(answerKind(asked, value))
  },
}

const secrets = [
  ...[
    'password',
    'passphrase',
    'passcode',
    'clientSecret',
    'apiKey',
    'privateKey',
    'encryptionKey',
    'hmacKey',
  ],
  ...[
    'subscriptionKey',
    'authorization',
    'credential',
    'accessToken',
    'cookie',
    'pin',
    'otp',
    'recoveryCode',
  ],
]

const harmless = [
  'keyboard',
  'tokenizer',
  'publicKey',
  'siteKey',
  'shipping',
  'footprint',
  'city',
  'constructor',
]

describe.each(Object.entries({ ...ofSettings, ...ofState }))('%s', (_, isHidden) => {
  test.each(secrets)('hides %s', async (name) => {
    expect(await isHidden(name)).toBe(true)
  })

  test.each(harmless)('shows %s', async (name) => {
    expect(await isHidden(name)).toBe(false)
  })
})

describe.each(Object.entries(ofSettings))('%s', (_, isHidden) => {
  test.each(['passwordAttribute', 'secretQuestionLabel', 'tokenEndpoint', 'signingKeyAlias'])(
    'shows %s',
    async (name) => {
      expect(await isHidden(name)).toBe(false)
    },
  )
})

describe.each(Object.entries(ofState))('%s', (_, isHidden) => {
  test.each(['kbaInfo', 'userCode', 'resetLink', 'passwordHint'])('hides %s', async (name) => {
    expect(await isHidden(name)).toBe(true)
  })
})

import { expect, test } from 'vitest'
import { realmSettingsSchema } from '../realm.ts'
import { pushService } from './push.ts'
import { serviceSetting } from './service-setting.ts'

const http = { provider: 'http', url: 'https://push.example.com/send', secret: 'stored' }
const sns = {
  provider: 'sns',
  region: 'eu-central-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'stored',
}
const withPush = (push: object | null) => realmSettingsSchema.parse({ messaging: { push } })

/** As in an export. */
const exported = { accessKey: 'AKIDOTHER', secret: null, region: 'us-east-1' }

test.each([
  ['no gateway', null],
  ['another kind of gateway', http],
])('an export without the secret leaves a realm with %s as it is, with a finding', (_, push) => {
  const settings = withPush(push)
  const applied = pushService.apply(settings, exported)
  expect(applied).toMatchObject({ error: { issues: [{ path: ['secret'] }] } })
  const setting = serviceSetting(pushService)
  expect(setting.apply(settings, exported)).toMatchObject({ at: ['secret'], isUnserved: true })
  expect(setting.write(exported, settings)).toBe(exported)
})

test('an export without the secret keeps that of the gateway', () => {
  const applied = pushService.apply(withPush(sns), { ...exported, accessKey: 'AKIDEXAMPLE' })
  expect(applied).toMatchObject({
    settings: { messaging: { push: { region: 'us-east-1', secretAccessKey: 'stored' } } },
  })
})

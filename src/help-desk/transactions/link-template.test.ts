import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emailTemplateSchema } from '../../outbox/email-template.ts'
import { renderTemplate } from '../../outbox/render-template.ts'
import { realmSettingsSchema } from '../../realms/realm.ts'
import { firstTemplate, linkTemplates } from './link-template.ts'

const { helpDesk } = realmSettingsSchema.parse({})
const samples = join(import.meta.dirname, '..', '..', '..', 'samples', 'alpha', 'email-templates')

const noPurpose = { action: undefined, reason: undefined, ticket: undefined, vouchFor: undefined }

function sample(name: string) {
  return emailTemplateSchema.parse(JSON.parse(readFileSync(join(samples, `${name}.json`), 'utf8')))
}

describe('the template of a link', () => {
  test.each([
    ['email', 'helpDeskVouch', 'helpDeskLink'],
    ['sms', 'helpDeskVouchMessage', 'helpDeskLinkMessage'],
    ['voice', 'helpDeskVouchCall', 'helpDeskLinkCall'],
  ] as const)('by %s is another one for a vouch, if the realm has it', async (channel, ofVouches, usual) => {
    const named = linkTemplates(helpDesk, channel, { purpose: { ...noPurpose, vouchFor: 'Alex' } })
    expect(named).toEqual([ofVouches, usual])
    expect(linkTemplates(helpDesk, channel, { purpose: noPurpose })).toEqual([usual])
    const onlyUsual = async (_realm: string, name: string) => (name === usual ? sample(usual) : undefined)
    expect(await firstTemplate(onlyUsual, '/alpha', named)).toEqual(sample(usual))
    const off = async (_realm: string, name: string) => ({ ...sample(name), enabled: name === usual })
    expect((await firstTemplate(off, '/alpha', named))?.displayName).toBe(sample(usual).displayName)
    expect(await firstTemplate(async () => undefined, '/alpha', named)).toBeUndefined()
  })
})

describe.each(['helpDeskVouch', 'helpDeskVouchMessage', 'helpDeskVouchCall'])('the sample %s', (name) => {
  test.each(['en', 'de', 'es', 'fr', 'ar'])('asks in %s about the caller', (locale) => {
    const object = {
      ...{ vouchFor: 'Alex Caller', agent: 'Dana', organisation: 'Larkfield' },
      ...{ action: 'Vouch for Alex Caller: Reset', callersAction: 'Reset' },
      ...{ ticket: 'INC-1', minutes: 3, link: 'https://id.example/c#AB', spokenAddress: 'id.example/c' },
      spokenCode: 'A, B.',
    }
    const english = renderTemplate(sample(name), { to: 'm@example.com', object, locales: ['en'] })
    const { subject, body } = renderTemplate(sample(name), { to: 'm@example.com', object, locales: [locale] })
    expect(`${subject} ${body}`).toContain('Alex Caller')
    expect(body).toContain('id.example/c')
    expect(body).not.toMatch(/\{\{|on the phone with us\?/)
    expect(body === english.body).toBe(locale === 'en')
  })
})

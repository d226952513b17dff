import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAdministration } from '../../test/support/administration.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { withSharedConfiguration } from '../server/shared-configuration.ts'
import { emailTemplateKind } from './email-template.ts'
import { globalTemplates, standardTemplateNames } from './global-templates.ts'

let administration: Awaited<ReturnType<typeof openAdministration>>
let documents: DocumentStore
beforeAll(async () => {
  administration = await openAdministration()
  documents = withSharedConfiguration(administration.stores).documents
})
afterAll(() => administration.close())

const template = (subject: string) => ({
  kind: emailTemplateKind,
  id: 'welcome',
  document: { subject: { en: subject }, message: { en: 'Hello' } },
})

test.each(['/alpha', globalTemplates])(
  'the templates of %s have the standard ones among them',
  async (realm) => {
    expect((await documents.all(realm, emailTemplateKind)).map(({ id }) => id)).toEqual(standardTemplateNames)
    for (const name of standardTemplateNames)
      expect(await documents.read(realm, emailTemplateKind, name)).toMatchObject({
        document: { enabled: true, subject: { en: expect.any(String) }, message: { ar: expect.any(String) } },
      })
  },
)

test('a global template replaces a standard one, and a template of the realm both', async () => {
  const now = async () => {
    const listed = (await documents.all('/alpha', emailTemplateKind)).filter(({ id }) => id === 'welcome')
    expect(listed).toEqual([await documents.read('/alpha', emailTemplateKind, 'welcome')])
    return listed[0]?.document.subject
  }
  const standard = await now()
  await documents.save(globalTemplates, template('For all'))
  expect(await now()).toEqual({ en: 'For all' })
  await documents.save('/alpha', template('Our own'))
  expect(await now()).toEqual({ en: 'Our own' })
  await documents.remove('/alpha', emailTemplateKind, 'welcome')
  await documents.remove(globalTemplates, emailTemplateKind, 'welcome')
  expect(await now()).toEqual(standard)
})

test('exports leave standard templates out', async () => {
  expect(await documents.all('/alpha')).toEqual([])
})

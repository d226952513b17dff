import './templates.css'
import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Stored } from '../../../api/collection.ts'
import { emailTemplates } from '../../../api/email-templates.ts'
import { sendTestOfTemplate } from '../../../api/server-page.ts'
import { DraftHistory } from '../../history/draft-history.tsx'
import { DeleteResource } from '../../resources/delete-resource.tsx'
import { ThingHead } from '../../resources/thing-head.tsx'
import { useResourceDraft } from '../../resources/use-resource-draft.ts'
import type { Path } from '../../saving/changes.ts'
import { DraftSheets } from '../../saving/draft-sheets.tsx'
import { SaveBar } from '../../saving/save-bar.tsx'
import type { Draft } from '../../saving/use-draft.ts'
import { TestResult } from '../../server/test-result.tsx'
import { EmailPreview } from './email-preview.tsx'
import { bodyMember, localesOf, textAt } from './template-texts.ts'

const titles: Readonly<Record<string, string>> = {
  subject: 'Subject',
  message: 'Body',
  html: 'Body',
  enabled: 'Enabled',
  from: 'From',
}

function titleOf([name = '', locale]: Path): string {
  const title = titles[name] ?? name
  return locale === undefined ? title : `${title} (${locale})`
}

/** Edits an email template, language by language, beside a preview. */
export function TemplateEditor({ realm, stored }: { realm: string; stored: Stored }) {
  const { id: name } = stored
  const draft = useResourceDraft(emailTemplates, realm, stored)
  const { document, set } = draft
  const [locale, setLocale] = useState(String(document.defaultLocale ?? localesOf(document)[0] ?? 'en'))
  const thing = { kind: 'emailTemplate', id: name } as const
  const subject = textAt(document, 'subject', locale)
  const body = textAt(document, bodyMember(document), locale)
  return (
    <div className="template-editor">
      <div className="form stack items-start gap-4">
        <DraftHistory realm={realm} thing={thing} name={name} draft={draft}>
          <ThingHead realm={realm} name={name} list="/realm/templates" back="All templates" />
        </DraftHistory>
        <Switch
          label="Enabled"
          description="Disabled templates are treated as missing."
          checked={document.enabled !== false}
          onChange={({ currentTarget: { checked } }) => set(['enabled'], checked)}
        />
        <TextInput
          label="From"
          description="If empty, the sender of the realm is used."
          value={typeof document.from === 'string' ? document.from : ''}
          onChange={({ currentTarget: { value } }) => set(['from'], value)}
        />
        <Language document={document} locale={locale} onChoose={setLocale} />
        <Texts draft={draft} locale={locale} subject={subject} body={body} />
        <DeleteResource
          of={emailTemplates}
          realm={realm}
          id={name}
          noun="template"
          question={`Delete ${name}? Journeys that send it will fail.`}
          confirmLabel={`Delete ${name}`}
        />
        <SaveBar draft={draft} hasNote />
      </div>
      <div className="stack gap-4">
        <EmailPreview subject={subject} body={body} isHtml={document.mimeType !== 'text/plain'} />
        <SendTest realm={realm} name={name} locale={locale} isChanged={draft.changes.length > 0} />
      </div>
      <DraftSheets draft={draft} realm={realm} changed={thing} titleOf={titleOf} name={name} />
    </div>
  )
}

type TestProps = { realm: string; name: string; locale: string; isChanged: boolean }

function SendTest({ realm, name, locale, isChanged }: TestProps) {
  const test = useMutation({ mutationFn: () => sendTestOfTemplate(realm, name, locale) })
  return (
    <div className="stack items-start gap-2">
      <Button variant="default" disabled={isChanged} loading={test.isPending} onClick={() => test.mutate()}>
        Send me a test
      </Button>
      <p className="fine">
        {isChanged
          ? 'Save first: a test is what people would get.'
          : 'Goes to the address of your own account.'}
      </p>
      <TestResult result={test.data} error={test.error} code={test.data?.status?.toString()} />
    </div>
  )
}

type TextsProps = { draft: Draft; locale: string; subject: string; body: string }

function Texts({ draft: { document, set }, locale, subject, body }: TextsProps) {
  return (
    <>
      <TextInput
        label="Subject"
        dir="auto"
        value={subject}
        onChange={({ currentTarget: { value } }) => set(['subject', locale], value)}
      />
      <Textarea
        label="Body"
        description="Placeholders such as {{object.givenName}}, {{object.userName}} and {{object.resumeURI}} are replaced."
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        classNames={{ input: 'code' }}
        value={body}
        onChange={({ currentTarget: { value } }) => set([bodyMember(document), locale], value)}
      />
    </>
  )
}

type LanguageProps = { document: Draft['document']; locale: string; onChoose(locale: string): void }

function Language({ document, locale, onChoose }: LanguageProps) {
  const [typed, setTyped] = useState('')
  return (
    <div className="language wrap align-end gap-2">
      <Select
        label="Language"
        data={[...new Set([...localesOf(document), locale])]}
        value={locale}
        allowDeselect={false}
        onChange={(chosen) => onChoose(chosen ?? locale)}
      />
      <TextInput
        label="Add a language"
        placeholder="fr"
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value.trim())}
      />
      <Button
        variant="default"
        disabled={!/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*$/.test(typed)}
        onClick={() => {
          onChoose(typed)
          setTyped('')
        }}
      >
        Add
      </Button>
    </div>
  )
}

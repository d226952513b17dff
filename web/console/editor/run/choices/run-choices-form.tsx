import { Autocomplete, Button, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readAppearance } from '../../../../api/appearance.ts'
import { languageCodes } from '../../../../translate/page-languages.ts'
import { useUserNames } from '../../../components/use-user-names.ts'
import { devices } from './devices.ts'
import { languageName, languageTag, other, problemsOf, type RunChoices } from './run-choices.ts'

type Props = {
  id: string
  realm: string
  choices: RunChoices
  onChoose(choices: RunChoices): void
  onCancel(): void
}

type FieldProps = Pick<Props, 'realm'> & {
  draft: RunChoices
  set(change: Partial<RunChoices>): void
  error: string | undefined
}

/** Nothing changes until the run starts again. */
export function RunChoicesForm({ id, realm, choices, onChoose, onCancel }: Props) {
  const [draft, setDraft] = useState(choices)
  const [wasSent, setSent] = useState(false)
  const set = (change: Partial<RunChoices>) => setDraft((before) => ({ ...before, ...change }))
  const problems = problemsOf(draft)
  const field = { realm, draft, set }
  return (
    <form
      id={id}
      aria-label="Run as"
      onSubmit={(event) => {
        event.preventDefault()
        setSent(true)
        const language = languageTag(draft.language) ?? ''
        const person = draft.person.trim()
        if (Object.keys(problems).length === 0) onChoose({ ...draft, language, person })
      }}
    >
      <PersonField {...field} error={undefined} />
      <LanguageField {...field} error={wasSent ? problems.language : undefined} />
      <DeviceField {...field} error={wasSent ? problems.userAgent : undefined} />
      <div className="wrap gap-2">
        <Button type="submit" size="compact-md">
          Start again as this
        </Button>
        <Button variant="subtle" color="gray" size="compact-md" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

/** A username can be typed without the right to read people. */
function PersonField({ realm, draft: { person }, set }: FieldProps) {
  const names = useUserNames(realm, person)
  return (
    <Autocomplete
      size="xs"
      label="Username"
      description="Filled in where the journey asks for it"
      dir="auto"
      autoComplete="off"
      data={names}
      filter={({ options }) => options}
      value={person}
      onChange={(typed) => set({ person: typed })}
    />
  )
}

function LanguageField({ realm, draft: { language }, set, error }: FieldProps) {
  const appearance = useQuery({
    queryKey: ['offered-languages', realm],
    queryFn: () => readAppearance(realm, { journey: undefined, locale: undefined }),
  })
  const tags = [...new Set([...(appearance.data?.locales ?? []), ...languageCodes])]
  const [isOther, setOther] = useState(language !== '' && !tags.includes(language))
  return (
    <>
      <Select
        size="xs"
        label="Language"
        allowDeselect={false}
        data={[
          { value: '', label: `This browser’s: ${languageName(navigator.language)}` },
          ...tags.map((tag) => ({ value: tag, label: `${languageName(tag)} (${tag})` })),
          { value: other, label: 'Other…' },
        ]}
        value={isOther ? other : language}
        onChange={(chosen) => {
          setOther(chosen === other)
          set({ language: chosen === other ? navigator.language : (chosen ?? '') })
        }}
      />
      {isOther && (
        <TextInput
          size="xs"
          label="Language tag"
          placeholder="fr-CA"
          value={language}
          error={error}
          onChange={({ currentTarget }) => set({ language: currentTarget.value })}
        />
      )}
    </>
  )
}

function DeviceField({ draft: { device, userAgent }, set, error }: FieldProps) {
  return (
    <>
      <Select
        size="xs"
        label="Device"
        description="Changes the user agent that nodes and scripts see"
        allowDeselect={false}
        data={[
          { value: '', label: 'This browser' },
          ...devices.map(({ id, title }) => ({ value: id, label: title })),
          { value: other, label: 'Other user agent…' },
        ]}
        value={device}
        onChange={(chosen) => set({ device: chosen ?? '', userAgent: userAgent || navigator.userAgent })}
      />
      {device === other && (
        <Textarea
          size="xs"
          label="User agent"
          autosize
          minRows={2}
          maxRows={5}
          spellCheck={false}
          classNames={{ input: 'code' }}
          value={userAgent}
          error={error}
          onChange={({ currentTarget }) => set({ userAgent: currentTarget.value })}
        />
      )}
    </>
  )
}

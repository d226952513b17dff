import { Checkbox, Switch, TextInput } from '@mantine/core'
import type { Draft } from '../saving/use-draft.ts'
import { clientSettings, settingPath, settingValue, textValue, textValues } from './client-settings.ts'
import { grantTypes } from './grant-types.ts'
import { ClientField } from './setting-sections.tsx'

/** Name, type, client authentication and grant types. */
export function BasicFields({ draft }: { draft: Draft }) {
  const { document, set } = draft
  const isPublic = textValue(document, 'type') === 'Public'
  return (
    <section aria-label="The application">
      <h2 className="heading-2">The application</h2>
      <Switch
        label={clientSettings.status.title}
        description="When off, all requests are refused."
        checked={textValue(document, 'status', 'Active') !== 'Inactive'}
        onChange={({ currentTarget: { checked } }) =>
          set(settingPath(document, 'status'), checked ? 'Active' : 'Inactive')
        }
      />
      <NameField draft={draft} />
      <ClientField draft={draft} name="type" />
      {!isPublic && <ClientField draft={draft} name="authMethod" />}
      <GrantFields draft={draft} isPublic={isPublic} />
    </section>
  )
}

/** Edits the first name. Names in other languages are kept. */
function NameField({ draft: { document, set } }: { draft: Draft }) {
  const [name = '', ...others] = textValues(document, 'name')
  return (
    <TextInput
      label={clientSettings.name.title}
      description="Shown to people when the application asks for consent."
      dir="auto"
      value={name}
      onChange={({ currentTarget: { value } }) =>
        set(settingPath(document, 'name'), value === '' ? others : [value, ...others])
      }
    />
  )
}

/** Public applications can't use grant types that need a secret. */
function GrantFields({ draft: { document, set }, isPublic }: { draft: Draft; isPublic: boolean }) {
  const unset = settingValue(document, 'grantTypes') === undefined
  const selected = unset ? ['authorization_code'] : textValues(document, 'grantTypes')
  const offered = isPublic ? grantTypes.slice(0, 3) : grantTypes
  return (
    <Checkbox.Group
      label={clientSettings.grantTypes.title}
      value={selected}
      onChange={(chosen) => set(settingPath(document, 'grantTypes'), chosen)}
    >
      <div className="sheet-choices">
        {offered.map(({ value, label, about }) => (
          <Checkbox key={value} value={value} label={label} description={about} />
        ))}
      </div>
    </Checkbox.Group>
  )
}

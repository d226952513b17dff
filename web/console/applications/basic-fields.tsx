import { Checkbox, Switch, TextInput } from '@mantine/core'
import type { Draft } from '../saving/use-draft.ts'
import { settingPath, settingValue, textValue, textValues, titles } from './client-settings.ts'
import { grantTypes } from './grant-types.ts'
import { ChoiceSetting } from './setting-fields.tsx'

const types = [
  { value: 'Confidential', label: 'Confidential: keeps a secret' },
  { value: 'Public', label: 'Public: can’t keep a secret' },
]

const methods = [
  { value: 'client_secret_basic', label: 'client_secret_basic: in the header' },
  { value: 'client_secret_post', label: 'client_secret_post: in the form' },
]

/** Name, type, client authentication and grant types. */
export function BasicFields({ draft }: { draft: Draft }) {
  const { document, set } = draft
  const isPublic = textValue(document, 'type') === 'Public'
  return (
    <section aria-label="The application">
      <h2 className="heading-2">The application</h2>
      <Switch
        label={titles.status}
        description="When off, all requests are refused."
        checked={textValue(document, 'status', 'Active') !== 'Inactive'}
        onChange={({ currentTarget: { checked } }) =>
          set(settingPath(document, 'status'), checked ? 'Active' : 'Inactive')
        }
      />
      <NameField draft={draft} />
      <ChoiceSetting draft={draft} name="type" choices={types} />
      {!isPublic && <ChoiceSetting draft={draft} name="authMethod" choices={methods} />}
      <GrantFields draft={draft} isPublic={isPublic} />
    </section>
  )
}

/** Edits the first name. Names in other languages are kept. */
function NameField({ draft: { document, set } }: { draft: Draft }) {
  const [name = '', ...others] = textValues(document, 'name')
  return (
    <TextInput
      label={titles.name}
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
      label={titles.grantTypes}
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

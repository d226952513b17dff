import { MultiSelect, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  listEmailTemplateNames,
  listIdentityProviderNames,
  listJourneyAndDraftNames,
  listJourneyNames,
} from '../../../api/references.ts'
import { emptyValue } from '../field-kind.ts'
import { useFormContext } from '../form-context.tsx'
import { type FieldProps, inputProps } from './field.ts'
import { type Option, withCurrentOption } from './with-current.ts'

type Source = { key: string; read(realm: string): Promise<string[]>; placeholder: string }

/** @returns undefined until the names have loaded. */
function useNames({ key, read }: Source): Option[] | undefined {
  const { realm } = useFormContext()
  const { data } = useQuery({ queryKey: [key, realm], queryFn: () => read(realm) })
  return data?.map((name) => ({ value: name, label: name }))
}

function NameField({ source, ...props }: FieldProps & { source: Source }) {
  const { value, setting, isRequired, onChange } = props
  const names = useNames(source)
  return (
    <Select
      {...inputProps(props)}
      searchable
      data={withCurrentOption(names, value)}
      value={typeof value === 'string' && value !== '' ? value : null}
      clearable={!isRequired}
      allowDeselect={false}
      placeholder={source.placeholder}
      nothingFoundMessage="No match"
      onChange={(chosen) => onChange(chosen ?? emptyValue(setting, isRequired))}
    />
  )
}

const journeys: Source = {
  key: 'journey-names',
  read: listJourneyNames,
  placeholder: 'Choose a journey',
}

const journeysAndDrafts: Source = {
  key: 'journey-and-draft-names',
  read: listJourneyAndDraftNames,
  placeholder: 'Choose a journey',
}

/** A journey, with a link to it. */
export function JourneyField(props: FieldProps) {
  const { realm, offersDrafts = false } = useFormContext()
  const { value } = props
  return (
    <div>
      <NameField {...props} source={offersDrafts ? journeysAndDrafts : journeys} />
      {typeof value === 'string' && value !== '' && (
        <Link
          className="below row justify-between text-small"
          to="/journeys/$name"
          params={{ name: value }}
          search={{ realm }}
        >
          Open journey
        </Link>
      )}
    </div>
  )
}

const templates: Source = {
  key: 'email-template-names',
  read: listEmailTemplateNames,
  placeholder: 'Choose a template',
}

export function TemplateField(props: FieldProps) {
  return <NameField {...props} source={templates} />
}

const providers: Source = {
  key: 'identity-provider-names',
  read: listIdentityProviderNames,
  placeholder: 'All',
}

export function ProvidersField(props: FieldProps) {
  const { value, onChange } = props
  const names = useNames(providers)
  const chosen = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  const data =
    names === undefined ? chosen : chosen.reduce((options, name) => withCurrentOption(options, name), names)
  return (
    <MultiSelect
      {...inputProps(props)}
      searchable
      data={data}
      value={chosen}
      onChange={onChange}
      placeholder={chosen.length === 0 ? providers.placeholder : ''}
    />
  )
}

import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { type PropertyDraft, type PropertyType, propertyTypes } from './draft.ts'

export function PropertyForm({ property, onChange, problemOf }: PropertyFormProps) {
  const set = (part: Partial<PropertyDraft>) => onChange({ ...property, ...part })
  return (
    <div className="property-form stack gap-4 pad-4">
      <Names property={property} set={set} problemOf={problemOf} />
      <Values property={property} set={set} problemOf={problemOf} />
      <Flags property={property} set={set} />
      <DefaultValue property={property} set={set} problem={problemOf('defaultValue')} />
    </div>
  )
}

type PropertyFormProps = {
  property: PropertyDraft
  onChange(property: PropertyDraft): void
  problemOf(member: string): string | undefined
}

type PartProps = { property: PropertyDraft; set(part: Partial<PropertyDraft>): void }
type WithProblems = PartProps & Pick<PropertyFormProps, 'problemOf'>

function Names({ property, set, problemOf }: WithProblems) {
  return (
    <>
      <TextInput
        label="Name"
        autoFocus
        classNames={{ input: 'code' }}
        value={property.name}
        error={problemOf('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Label"
        value={property.title}
        error={problemOf('title')}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        className="wide"
        label="Description"
        description="Shown under the field."
        autosize
        value={property.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </>
  )
}

function Values({ property: { type, isMultiple, options }, set, problemOf }: WithProblems) {
  return (
    <>
      <Select
        label="Type"
        allowDeselect={false}
        data={Object.entries(propertyTypes).map(([value, label]) => ({ value, label }))}
        value={type}
        error={problemOf('type')}
        onChange={(value) => isType(value) && set({ type: value })}
      />
      <Textarea
        label="Options"
        description="One per line: value = label. Leave empty to allow any value."
        autosize
        disabled={type !== 'STRING' || isMultiple}
        error={problemOf('options')}
        defaultValue={textOfOptions(options)}
        onChange={(event) => set({ options: optionsOf(event.currentTarget.value) })}
      />
    </>
  )
}

function Flags({ property, set }: PartProps) {
  return (
    <div className="wide flags wrap">
      <Checkbox
        label="Multi-valued"
        checked={property.isMultiple}
        onChange={(event) => set({ isMultiple: event.currentTarget.checked })}
      />
      <Checkbox
        label="Required"
        checked={property.isRequired}
        onChange={(event) => set({ isRequired: event.currentTarget.checked })}
      />
      <Checkbox
        label="Provide a default value"
        checked={property.defaultValue !== undefined}
        onChange={(event) => set({ defaultValue: event.currentTarget.checked ? '' : undefined })}
      />
    </div>
  )
}

function DefaultValue({ property, set, problem }: PartProps & { problem: string | undefined }) {
  if (property.defaultValue === undefined) return null
  return (
    <Textarea
      className="wide"
      label="Default value"
      description={property.isMultiple ? 'One value per line.' : hints[property.type]}
      autosize
      value={property.defaultValue}
      error={problem}
      onChange={(event) => set({ defaultValue: event.currentTarget.value })}
    />
  )
}

const hints: Readonly<Record<PropertyType, string | undefined>> = {
  STRING: undefined,
  NUMBER: 'A number.',
  BOOLEAN: 'true or false.',
  OBJECT: 'A JSON object.',
}

function isType(value: string | null): value is PropertyType {
  return value !== null && value in propertyTypes
}

/** Parses options, one per line: `value = label`, or the value alone. */
function optionsOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=')
      const value = (at < 0 ? line : line.slice(0, at)).trim()
      return [value, at < 0 ? value : line.slice(at + 1).trim()]
    }),
  )
}

function textOfOptions(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([value, shown]) => `${value} = ${shown}`)
    .join('\n')
}

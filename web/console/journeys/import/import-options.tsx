import { Checkbox, NativeSelect, Radio } from '@mantine/core'
import type { ImportOptions } from '../../../api/journey-exchange.ts'
import { realmName } from '../../components/realm-name.ts'

type Props = {
  realm: string
  options: ImportOptions
  /** Where the files are from several. */
  realms: readonly string[] | undefined
  onChange(part: Partial<ImportOptions>): void
}

/** What of the files is taken, and what becomes of what is there already. */
export function ImportChoices({ realm, options, realms, onChange }: Props) {
  return (
    <div className="import-options">
      {realms !== undefined && (
        <RealmOfFiles realm={realm} from={options.from} realms={realms} onChange={onChange} />
      )}
      <Checkbox
        label="With scripts, custom nodes, templates and themes"
        checked={options.dependencies}
        onChange={({ currentTarget }) => onChange({ dependencies: currentTarget.checked })}
      />
      <Radio.Group
        label="What is here already and differs"
        value={options.existing}
        onChange={(existing) => onChange({ existing: existing === 'skip' ? 'skip' : 'replace' })}
      >
        <div className="ways">
          <Radio value="replace" label="Replace it" />
          <Radio value="skip" label="Leave it alone" />
        </div>
      </Radio.Group>
    </div>
  )
}

function RealmOfFiles({
  realm,
  from,
  realms,
  onChange,
}: Pick<Props, 'realm' | 'onChange'> & { from: string | undefined; realms: readonly string[] }) {
  // The server names realms of files without the slash at the beginning.
  const own = realm === '/' ? '/' : realm.slice(1)
  const chosen = from ?? (realms.includes(own) ? own : '')
  return (
    <NativeSelect
      label="Realm of the files to import"
      description={`The files are from ${realms.length} realms. What is chosen comes into ${realmName(realm)}.`}
      value={chosen}
      onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
      data={[
        ...(chosen === '' ? [{ value: '', label: 'Choose a realm', disabled: true }] : []),
        ...realms.map((name) => ({ value: name, label: name === '/' ? realmName('/') : name })),
      ]}
    />
  )
}

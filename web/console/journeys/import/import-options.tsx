import { Checkbox, NativeSelect, Radio } from '@mantine/core'
import type { ImportOptions } from '../../../api/journey-exchange.ts'
import { realmName } from '../../components/realm-name.ts'

type Props = {
  realm: string
  options: ImportOptions
  /** The realms in the files, if there are several. */
  realms: readonly string[] | undefined
  /** Whether something in the files can't be read. */
  hasUnreadable: boolean
  onChange(part: Partial<ImportOptions>): void
}

/** Options: dependencies, and what happens to existing items. */
export function ImportChoices({ realm, options, realms, hasUnreadable, onChange }: Props) {
  return (
    <div className="import-options stack gap-3">
      {realms !== undefined && (
        <RealmOfFiles realm={realm} from={options.from} realms={realms} onChange={onChange} />
      )}
      <Checkbox
        label="Include scripts, custom nodes, templates, themes, identity providers, SAML, settings, applications and variables"
        checked={options.dependencies}
        onChange={({ currentTarget }) => onChange({ dependencies: currentTarget.checked })}
      />
      {hasUnreadable && (
        <Checkbox
          label="Leave out what can’t be read, and import the rest"
          checked={options.unreadable === 'skip'}
          onChange={({ currentTarget }) =>
            onChange({ unreadable: currentTarget.checked ? 'skip' : 'refuse' })
          }
        />
      )}
      <Radio.Group
        label="Existing items that differ"
        value={options.existing}
        onChange={(existing) => onChange({ existing: existing === 'skip' ? 'skip' : 'replace' })}
      >
        <div className="ways wrap">
          <Radio value="replace" label="Replace" />
          <Radio value="skip" label="Keep" />
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
  // The server names the realms of files without a leading slash.
  const own = realm === '/' ? '/' : realm.slice(1)
  const chosen = from ?? (realms.includes(own) ? own : '')
  return (
    <NativeSelect
      label="Import files of realm"
      description={`The files come from ${realms.length} realms. The selected realm is imported into ${realmName(realm)}.`}
      value={chosen}
      onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
      data={[
        ...(chosen === '' ? [{ value: '', label: 'Choose a realm', disabled: true }] : []),
        ...realms.map((name) => ({ value: name, label: name === '/' ? realmName('/') : name })),
      ]}
    />
  )
}

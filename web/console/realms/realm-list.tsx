import { Menu } from '@mantine/core'
import { IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { readSettings } from '../../api/realm-settings.ts'
import type { RealmEntry } from '../../api/realms.ts'
import { MoreMenu } from '../components/icon-button.tsx'
import { OnOff } from '../components/on-off.tsx'
import { realmName } from '../components/realm-name.ts'
import type { RealmAction } from './realm-action.ts'

type Props = {
  realms: readonly RealmEntry[]
  /** The realm that the console shows. */
  current: string
  onAction(kind: RealmAction, entry: RealmEntry): void
}

export function RealmList({ realms, current, onAction }: Props) {
  return (
    <div className="realms panel">
      <p className="heads stack fine align-center gap-4 medium" aria-hidden="true">
        <span />
        <span>Realm</span>
        <span>Aliases</span>
        <span>Hosts</span>
        <span>Status</span>
      </p>
      <ul>
        {realms.map((entry) => (
          <RealmRow key={entry.path} entry={entry} isCurrent={entry.path === current} onAct={onAction} />
        ))}
      </ul>
    </div>
  )
}

type RowProps = { entry: RealmEntry; isCurrent: boolean; onAct: Props['onAction'] }

function RealmRow({ entry, isCurrent, onAct }: RowProps) {
  const { path, isActive, aliases } = entry
  const hosts = useHosts(entry)
  return (
    <li className={isActive ? 'stack align-center gap-4 hoverable' : 'stack align-center gap-4'}>
      <span className="tile stack place-center muted">
        <IconWorld size={18} stroke={1.75} aria-hidden />
      </span>
      <div className="what medium breaks">
        {isActive ? (
          <Link className="name-link inked" to="/journeys" search={{ realm: path }}>
            <bdi>{realmName(path)}</bdi>
          </Link>
        ) : (
          <bdi>{realmName(path)}</bdi>
        )}
        {isCurrent && <p className="fine regular">Current realm</p>}
      </div>
      <Names title="Aliases" names={aliases} />
      <Names title="Hosts" names={hosts} />
      <OnOff isOn={isActive} />
      <RealmMenu entry={entry} onAct={onAct} />
    </li>
  )
}

/** Hosts of the realm. The settings of a disabled realm can't be read. */
function useHosts({ path, isActive, revision }: RealmEntry): readonly string[] {
  const { data } = useQuery({
    queryKey: ['realm-settings', path, 'hosts', revision],
    queryFn: ({ signal }) => readSettings(path, signal),
    enabled: isActive,
  })
  const hosts = data?.document.allowedHosts
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : []
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <p className="names wrap gap-1">
      {names.length > 0 && <span className="spoken">{title}: </span>}
      {names.map((name) => (
        <bdi key={name} className="chip breaks">
          {name}
        </bdi>
      ))}
    </p>
  )
}

function RealmMenu({ entry, onAct }: { entry: RealmEntry; onAct: Props['onAction'] }) {
  const { path, isActive } = entry
  const isRoot = path === '/'
  return (
    <MoreMenu label={`More for ${realmName(path)}`} color="accent">
      {isActive && <Menu.Item onClick={() => onAct('edit', entry)}>Edit aliases and hosts…</Menu.Item>}
      {!isRoot && (
        <>
          <Menu.Item onClick={() => onAct('toggle', entry)}>{isActive ? 'Turn off…' : 'Turn on…'}</Menu.Item>
          <Menu.Item color="bad" onClick={() => onAct('delete', entry)}>
            Delete…
          </Menu.Item>
        </>
      )}
    </MoreMenu>
  )
}

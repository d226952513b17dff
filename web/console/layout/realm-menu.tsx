import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconWorld } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { listRealms } from '../../api/realms.ts'
import { realmName } from '../components/realm-name.ts'

/** Switches the realm. The choice is part of the URL. */
export function RealmMenu({ realm, isSlim }: { realm: string; isSlim: boolean }) {
  const realms = useQuery({ queryKey: ['realms'], queryFn: listRealms })
  const navigate = useNavigate()
  return (
    <Menu position="top-start" width={212}>
      <Menu.Target>
        <button type="button" className="switch" aria-label={`Realm ${realm}`}>
          <IconWorld size={18} stroke={1.75} aria-hidden />
          {!isSlim && (
            <>
              <bdi className="name one-line grow">{realmName(realm)}</bdi>
              <IconChevronDown size={14} stroke={2} aria-hidden />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Realm</Menu.Label>
        {realms.data?.map(({ path, isActive }) => (
          <Menu.Item
            key={path}
            aria-current={path === realm}
            rightSection={path === realm && <IconCheck size={16} stroke={2} aria-hidden />}
            disabled={!isActive}
            // The open page belongs to the old realm, so the switch leads to the journey list.
            onClick={() => navigate({ to: '/journeys', search: { realm: path } })}
          >
            <bdi>{realmName(path)}</bdi>
            {!isActive && ' (off)'}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

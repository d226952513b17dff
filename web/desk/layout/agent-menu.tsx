import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState } from 'react'
import { signInUrl, signOut } from '../../api/own-session.ts'
import { type ColourScheme, saveScheme, storedScheme } from '../../design/colour-scheme.ts'
import { forgetJourneys } from '../live/held-journeys.ts'
import { initialsOf } from '../messages/names.ts'
import { useRealm } from '../navigation/navigation.ts'
import { useKeysAreOn } from './use-keys.ts'

const schemes: readonly (readonly [ColourScheme, string])[] = [
  ['auto', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** How the desk looks to this agent, and the way out. */
export function AgentMenu({ name }: { name: string }) {
  const realm = useRealm()
  const [scheme, setScheme] = useState(storedScheme)
  const { keysAreOn, switchKeys } = useKeysAreOn()
  const choose = (chosen: ColourScheme) => {
    saveScheme(chosen)
    setScheme(chosen)
  }
  const leave = async () => {
    await signOut(realm)
    forgetJourneys()
    location.assign(signInUrl(realm, '/desk/'))
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className="agent" aria-label={name}>
          <span className="avatar" aria-hidden="true">
            {initialsOf(name)}
          </span>
          <bdi className="name">{name}</bdi>
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Colours</Menu.Label>
        {schemes.map(([value, title]) => (
          <Menu.Item key={value} aria-current={scheme === value} onClick={() => choose(value)}>
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Keys N, S, L and 1–9</Menu.Label>
        <Menu.Item onClick={switchKeys}>{keysAreOn ? 'Switch keys off' : 'Switch keys on'}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

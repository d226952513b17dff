import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown, IconUserCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { signInUrl, signOutTo } from '../../api/own-session.ts'
import { type ColourScheme, saveScheme, storedScheme } from '../../design/colour-scheme.ts'

const schemes: readonly (readonly [ColourScheme, string])[] = [
  ['auto', 'Match system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

/** Appearance and signing out. */
export function AccountMenu({ isSlim }: { isSlim: boolean }) {
  const [scheme, setScheme] = useState(storedScheme)
  const choose = (chosen: ColourScheme) => {
    saveScheme(chosen)
    setScheme(chosen)
  }
  const leaveSession = async () => {
    await signOutTo(signInUrl('/', '/console/'), '/')
  }
  return (
    // The search of the console changes the appearance, too.
    <Menu position="top-start" width={212} onOpen={() => setScheme(storedScheme())}>
      <Menu.Target>
        <button type="button" className="switch" aria-label="Account">
          <IconUserCircle size={18} stroke={1.75} aria-hidden />
          {!isSlim && (
            <>
              <span className="name one-line grow">Account</span>
              <IconChevronDown size={14} stroke={2} aria-hidden />
            </>
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(([value, title]) => (
          <Menu.Item
            key={value}
            aria-current={scheme === value}
            rightSection={scheme === value && <IconCheck size={16} stroke={2} aria-hidden />}
            onClick={() => choose(value)}
          >
            {title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={leaveSession}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

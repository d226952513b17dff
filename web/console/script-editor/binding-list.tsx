import { Button, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Bindings } from '../../api/script-bindings.ts'

/** A reference of all bindings in this script context. */
export function BindingList({ bindings }: { bindings: Bindings }) {
  return (
    <Popover width={440} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" leftSection={<IconInfoCircle size={16} aria-hidden />}>
          Bindings
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className="bindings" aria-label="Bindings">
          {bindings.bindings.map(({ name, help, members = [] }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                {help}
                {members.length > 0 && (
                  <ul>
                    {members.map((member) => (
                      <li key={member.name}>
                        <code>{member.signature ?? member.name}</code> {member.help}
                      </li>
                    ))}
                  </ul>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}

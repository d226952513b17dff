import { ActionIcon, type ActionIconProps, Menu, Tooltip } from '@mantine/core'
import { IconDots, type TablerIcon } from '@tabler/icons-react'
import type { ComponentPropsWithRef, ReactNode } from 'react'

type LookProps = ActionIconProps & { label: string }

type Props = LookProps &
  Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps> & {
    icon: TablerIcon
    iconSize?: number
    tooltip?: ReactNode
  }

/** A button with an icon. @param label its name, for screen readers. */
export function IconButton({ label, icon: Icon, iconSize = 16, tooltip, ...rest }: Props) {
  const button = (
    <ActionIcon variant="subtle" color="gray" aria-label={label} {...rest}>
      <Icon size={iconSize} stroke={1.75} aria-hidden />
    </ActionIcon>
  )
  return tooltip === undefined ? button : <Tooltip label={tooltip}>{button}</Tooltip>
}

/** A menu behind three dots. @param label its name, for screen readers. */
export function MoreMenu({ children, ...look }: LookProps & { children: ReactNode }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton icon={IconDots} iconSize={18} {...look} />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

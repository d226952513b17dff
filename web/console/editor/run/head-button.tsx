import { Button, type ButtonProps } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'

type Props = Pick<ButtonProps, 'children' | 'disabled'> & {
  icon: TablerIcon
  iconSize?: number
  onClick(): void
}

/** A button in the head of a run. */
export function HeadButton({ icon: Icon, iconSize = 16, ...button }: Props) {
  const icon = <Icon size={iconSize} stroke={1.75} aria-hidden />
  return <Button variant="subtle" color="gray" size="compact-md" leftSection={icon} {...button} />
}

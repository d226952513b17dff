import type { MantineColor } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { IconButton } from './icon-button.tsx'

export type MoveProps = {
  name: string
  at: number
  count: number
  color?: MantineColor
  onMove(by: -1 | 1): void
}

/** Buttons that move the item at a place of a list up and down. */
export function MoveButtons({ name, at, count, color = 'gray', onMove }: MoveProps) {
  const isLast = at === count - 1
  const [up, down] = [`Move ${name} up`, `Move ${name} down`]
  return (
    <>
      <IconButton
        label={up}
        icon={IconArrowUp}
        color={color}
        disabled={at === 0}
        onClick={() => onMove(-1)}
      />
      <IconButton
        label={down}
        icon={IconArrowDown}
        color={color}
        disabled={isLast}
        onClick={() => onMove(1)}
      />
    </>
  )
}

import { useLayoutEffect, useRef, useState } from 'react'
import { AboutType } from '../../node-types/about-type.tsx'
import { useEditor } from '../editor-context.tsx'
import { NodeTile } from '../node-tile.tsx'
import type { Card } from './use-card.ts'

type Props = {
  card: Card
  /** Id of the paragraph with the help, which describes the row. */
  helpId: string
  onEnter(): void
  onLeave(): void
}

const margin = 8

/** What a node type does, beside its row in the palette. Tab leads from the search field into the card. */
export function TypeCard({ card, helpId, onEnter, onLeave }: Props) {
  const realm = useEditor(({ realm }) => realm)
  const box = useRef<HTMLElement>(null)
  const [top, setTop] = useState(card.top)
  useLayoutEffect(() => {
    const height = box.current?.offsetHeight ?? 0
    const room = box.current?.parentElement?.clientHeight ?? 0
    setTop(Math.max(margin, Math.min(card.top, room - height - margin)))
  }, [card])
  return (
    <section
      className="type-card"
      ref={box}
      aria-label={`About ${card.type.title}`}
      style={{ insetBlockStart: top }}
      onPointerEnter={onEnter}
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && onLeave()}
    >
      <header className="row gap-2">
        <NodeTile type={card.type.type} family={card.type.family} isSmall />
        <h2 className="heading-3 shrink breaks">
          <bdi>{card.type.title}</bdi>
        </h2>
      </header>
      <AboutType realm={realm} type={card.type} helpId={helpId} />
    </section>
  )
}

'use strict'
// Draws a line from each cause to its effect where the lanes stand side by side, and brings out
// what belongs to one trace. Without it the links on the cards say the same.
;(() => {
  const SVG = 'http://www.w3.org/2000/svg'
  const LINKED = '[data-cause], [data-before]'
  const DOWN = 22
  const TIP = 3
  const timeline = document.querySelector('.timeline')
  const lanes = matchMedia('screen and (min-width: 64rem)')
  const arrows = document.createElementNS(SVG, 'svg')
  arrows.setAttribute('class', 'arrows')
  arrows.setAttribute('aria-hidden', 'true')
  timeline.append(arrows)

  const make = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    parent.append(made)
    return made
  }

  const place = (card, origin) => {
    const box = card.getBoundingClientRect()
    return {
      left: box.left - origin.left,
      right: box.right - origin.left,
      level: box.top - origin.top + DOWN,
    }
  }

  // From the side of the cause along its level, down the space beside the effect's lane, and in.
  const line = (from, to, number) => {
    const eastward = to.left > from.right
    const start = eastward ? from.right : from.left
    const westward = to.right < from.left
    const end = westward ? to.right + TIP : to.left - TIP
    if (Math.abs(from.level - to.level) < 1) return `M ${start} ${from.level} H ${end}`
    const beside = 8 + 4 * (number % 4)
    const turn = westward ? to.right + beside : to.left - beside
    return `M ${start} ${from.level} H ${turn} V ${to.level} H ${end}`
  }

  const draw = () => {
    arrows.replaceChildren()
    if (!lanes.matches) return
    const tip = { id: 'tip', viewBox: '0 0 8 8', refX: 6, refY: 4, orient: 'auto' }
    const head = make('marker', { ...tip, markerWidth: 6, markerHeight: 6 }, arrows)
    make('path', { d: 'M 0 0 L 8 4 L 0 8 z' }, head)
    const origin = timeline.getBoundingClientRect()
    for (const [number, card] of timeline.querySelectorAll(LINKED).entries()) {
      const { cause: causeId, before } = card.dataset
      const cause = document.getElementById(causeId ?? before)
      if (!cause?.classList.contains('card')) continue
      const d = line(place(cause, origin), place(card, origin), number)
      const trace = card.dataset.trace ?? ''
      const kind = causeId ? 'cause' : 'before'
      make('path', { d, class: kind, 'marker-end': 'url(#tip)', 'data-trace': trace }, arrows)
    }
  }

  const bringOut = (event) => {
    const trace = event.target.closest?.('.card')?.dataset.trace
    for (const each of timeline.querySelectorAll('[data-trace]')) {
      each.classList.toggle('related', trace !== undefined && each.dataset.trace === trace)
    }
  }

  timeline.addEventListener('pointerover', bringOut)
  timeline.addEventListener('focusin', bringOut)
  new ResizeObserver(draw).observe(timeline)
  lanes.addEventListener('change', draw)
  addEventListener('beforeprint', () => {
    for (const each of document.querySelectorAll('details')) each.open = true
  })
})()

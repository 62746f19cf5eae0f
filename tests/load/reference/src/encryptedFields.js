/**
 * Unlocks the encrypted fields of documents as they come from the store.
 */
import { decode } from '@msgpack/msgpack'

/** @typedef {import('mongodb').Document} Document */

export class EncryptedFields {
  /**
   * @param {import('./personKeys.js').PersonKeys} keys
   * @param {string[]} fields with dots into structures: "staged.facts"
   */
  constructor(keys, fields) {
    this.keys = keys
    this.paths = fields.map((field) => ({ field, names: field.split('.') }))
  }

  /**
   * Unlock many documents, reading the keys of all of them at once; null for who was erased.
   * @param {Document[]} documents changed in place
   */
  async decode(documents) {
    const people = documents.map((document) => document['encrypted_for']).filter(Boolean)
    if (people.length === 0) return documents
    const ciphers = await this.keys.ciphers(people)
    for (const document of documents) this.#unlock(document, ciphers)
    return documents
  }

  /**
   * @param {Document} document
   * @param {Map<string, import('./encryption.js').FieldCipher>} ciphers
   */
  #unlock(document, ciphers) {
    const person = document['encrypted_for']
    if (!person) return
    const cipher = ciphers.get(person)
    for (const { field, names } of this.paths) {
      const last = names[names.length - 1] ?? ''
      const holder = names.slice(0, -1).reduce((outer, name) => outer?.[name], document)
      const locked = holder?.[last]
      if (!holder || !(locked instanceof Uint8Array)) continue
      holder[last] = cipher ? decode(cipher.decrypt(locked, `${field}\0${person}`)) : null
    }
  }
}

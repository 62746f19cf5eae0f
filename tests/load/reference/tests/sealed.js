/**
 * What `chassis.encryption` made for the person account_1: the key, wrapped, and a phone.
 */
export const KEYS = 'k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
export const WRAPPED =
  '026115d00cb6ace96d9e2c074ef78f464aa18a532bc68cecfb5117109910dedd924b6e9142333c0f'
export const PHONE =
  '01000102030405060708090a0b349a0b748c7ff2dda825a9f0277720a8f7bc7a82e4d61ac6be46853b'

/** @param {string} hex */
export const bytes = (hex) => Buffer.from(hex, 'hex')

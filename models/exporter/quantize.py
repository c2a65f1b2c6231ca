"""Blockwise symmetric weights as the contrib operators MatMulNBits and GatherBlockQuantized store them.

A matrix [N, K] (N outputs) is cut along K into blocks; K is padded with zeros to whole blocks. A weight is
(q - 2^(bits-1)) * scale with q in 0 .. 2^bits - 1: the zero point is the operators' default and is not stored.
int4 puts two values in a byte, the even index in the low half. Layouts: packed uint8 [N, blocks, block_size * bits / 8],
scales float32 [N, blocks].
"""

from dataclasses import dataclass

import numpy as np

# Divisors of the block's largest value tried for int4: 7 and 8 reproduce weights that already lie on a symmetric or a full
# grid; larger ones clip the largest value for finer steps, smaller ones help blocks of few distinct values.
_INT4_DIVISORS = (8.0, 7.0, 6.5, 7.5, 8.5, 9.0, 9.5, 10.0)
_ROWS_AT_A_TIME = 4_000_000


@dataclass(frozen=True)
class QuantizedMatrix:
    packed: np.ndarray
    scales: np.ndarray
    bits: int
    block_size: int
    columns: int


def block_count(columns, block_size):
    return -(-columns // block_size)


def quantize(matrix, bits, block_size):
    """Quantises float [N, K]; works on slices of rows, so that its extra memory is small beside the matrix."""
    rows, columns = matrix.shape
    blocks = block_count(columns, block_size)
    packed = np.empty((rows, blocks, block_size * bits // 8), np.uint8)
    scales = np.empty((rows, blocks), np.float32)
    step = max(1, _ROWS_AT_A_TIME // (blocks * block_size))
    for start in range(0, rows, step):
        part = matrix[start : start + step].astype(np.float32)
        padded = np.zeros((part.shape[0], blocks * block_size), np.float32)
        padded[:, :columns] = part
        values = padded.reshape(-1, blocks, block_size)
        codes, part_scales = (_quantize_int4 if bits == 4 else _quantize_int8)(values)
        packed[start : start + step] = _pack(codes, bits)
        scales[start : start + step] = part_scales
    return QuantizedMatrix(packed, scales, bits, block_size, columns)


def dequantize(quantized):
    """The float32 matrix [N, K] that the runtime computes with."""
    codes = unpack(quantized.packed, quantized.bits).astype(np.float32) - 2 ** (quantized.bits - 1)
    rows, blocks, _ = codes.shape
    values = (codes * quantized.scales.reshape(rows, blocks, 1)).reshape(rows, -1)
    return np.ascontiguousarray(values[:, : quantized.columns])


def random_quantized(generator, rows, columns, bits, block_size, deviation):
    """Uniform codes with scales that give the wanted standard deviation, without a float matrix in between."""
    blocks = block_count(columns, block_size)
    packed = generator.integers(0, 256, (rows, blocks, block_size * bits // 8), np.uint8)
    scale = deviation / (2**bits / 12**0.5)
    scales = generator.uniform(0.9 * scale, 1.1 * scale, (rows, blocks)).astype(np.float32)
    return QuantizedMatrix(packed, scales, bits, block_size, columns)


def unpack(packed, bits):
    """uint8 codes, one a value: [..., bytes] to [..., block_size]."""
    if bits == 8:
        return packed
    return np.stack((packed & 0x0F, packed >> 4), axis=-1).reshape(*packed.shape[:-1], -1)


def _pack(codes, bits):
    if bits == 8:
        return codes
    return codes[..., 0::2] | (codes[..., 1::2] << 4)


def _quantize_int8(values):
    scales = _nonzero(np.abs(values).max(axis=-1) / 127.0)
    codes = np.clip(np.rint(values / scales[..., None]), -128, 127)
    return (codes + 128).astype(np.uint8), scales


def _quantize_int4(values):
    """Of a few scales per block keeps the one with the least squared error; the largest value maps to the negative end."""
    index = np.abs(values).argmax(axis=-1)[..., None]
    peak = np.take_along_axis(values, index, axis=-1)[..., 0]
    best_error = np.full(peak.shape, np.inf, np.float32)
    best_codes = np.zeros(values.shape, np.int8)
    best_scales = np.ones(peak.shape, np.float32)
    for divisor in _INT4_DIVISORS:
        scales = _nonzero(peak / -divisor)
        codes = np.clip(np.rint(values / scales[..., None]), -8, 7)
        error = np.square(codes * scales[..., None] - values).sum(axis=-1)
        better = error < best_error
        best_error = np.where(better, error, best_error)
        best_scales = np.where(better, scales, best_scales)
        best_codes = np.where(better[..., None], codes.astype(np.int8), best_codes)
    return (best_codes + 8).astype(np.uint8), best_scales


def _nonzero(scales):
    """A block of zeros takes scale 1: its codes are the zero point whatever the scale."""
    return np.where(scales == 0, np.float32(1), scales).astype(np.float32)

"""Collects a graph's constants, inside the protobuf or in one file beside it."""

import os

import numpy as np
from onnx import TensorProto, numpy_helper

# Large data starts on a page, from where ONNX Runtime maps it; the rest on a cache line.
_PAGE = 4096
_CACHE_LINE = 64
_LARGE = 64 * 1024
# Small constants stay in the protobuf, where shape inference can read them.
_SMALL = 1024


def to_bfloat16(array):
    """The bits of the nearest bfloat16 of each finite float32, ties to even."""
    bits = np.asarray(array, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


class TensorStore:
    """Adds constants one at a time; with a data path, large ones go to that file at once and are not kept in memory."""

    def __init__(self, data_path=None):
        self.initializers = []
        self._data_path = data_path
        self._file = open(data_path, "wb") if data_path else None

    def add(self, name, array, data_type=None):
        """data_type: where NumPy has no type of its own for the elements' bits."""
        array = np.ascontiguousarray(array)
        if self._file is None or array.nbytes <= _SMALL:
            tensor = numpy_helper.from_array(array, name)
        else:
            tensor = self._add_external(name, array)
        if data_type is not None:
            tensor.data_type = data_type
        self.initializers.append(tensor)
        return name

    def add_floats(self, name, array, compute):
        """Adds numbers in the element type that the graph computes in."""
        if compute == "bf16":
            return self.add(name, to_bfloat16(array), TensorProto.BFLOAT16)
        return self.add(name, array.astype(np.float16 if compute == "fp16" else np.float32))

    def close(self):
        if self._file is not None:
            self._file.close()

    def _add_external(self, name, array):
        alignment = _PAGE if array.nbytes >= _LARGE else _CACHE_LINE
        offset = -(-self._file.tell() // alignment) * alignment
        self._file.seek(offset)
        self._file.write(array.data)
        tensor = TensorProto()
        tensor.name = name
        tensor.dims.extend(array.shape)
        tensor.data_type = numpy_helper.from_array(np.empty(0, array.dtype)).data_type
        tensor.data_location = TensorProto.EXTERNAL
        location = os.path.basename(self._data_path)
        for key, value in (("location", location), ("offset", offset), ("length", array.nbytes)):
            entry = tensor.external_data.add()
            entry.key = key
            entry.value = str(value)
        return tensor

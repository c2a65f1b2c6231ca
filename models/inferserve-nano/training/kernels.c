// The element-wise parts of the decoder, each in one pass over memory, for bfloat16 activations on one thread.
// Compiled by kernels.py with -O3 -march=native; ops.py holds the same arithmetic in PyTorch.
#include <stdint.h>
#include <string.h>

typedef uint16_t bf16;

static inline float load(bf16 x) {
    uint32_t bits = (uint32_t)x << 16;
    float f;
    memcpy(&f, &bits, 4);
    return f;
}

static inline bf16 store(float f) {
    uint32_t bits;
    memcpy(&bits, &f, 4);
    return (bf16)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

// e^x to about 1e-6, in a form that compilers turn into vector code: 2^whole * polynomial(rest).
static inline float fast_exp(float x) {
    x = x < -87.0f ? -87.0f : x > 87.0f ? 87.0f : x;
    float t = x * 1.44269504f, whole = __builtin_rintf(t), r = (t - whole) * 0.69314718f;
    float p = 1.0f + r * (1.0f + r * (0.5f + r * (0.16666667f + r * (0.041666667f + r * 0.0083333333f))));
    int32_t bits = ((int32_t)whole + 127) << 23;
    float power;
    memcpy(&power, &bits, 4);
    return p * power;
}

// sum = x + delta (delta may be null), out = sum / rms(sum) * weight; scale keeps 1 / rms per row.
void add_rms_forward(long n, long d, float eps, const float *restrict x, const bf16 *restrict delta, const float *restrict weight, float *restrict sum, bf16 *restrict out, float *restrict scale) {
    for (long i = 0; i < n; i++) {
        const float *a = x + i * d;
        float *s = sum + i * d;
        float squares = 0;
        if (delta) {
            const bf16 *b = delta + i * d;
            for (long j = 0; j < d; j++) s[j] = a[j] + load(b[j]);
            a = s;
        }
        for (long j = 0; j < d; j++) squares += a[j] * a[j];
        float r = 1.0f / __builtin_sqrtf(squares / d + eps);
        scale[i] = r;
        for (long j = 0; j < d; j++) out[i * d + j] = store(a[j] * r * weight[j]);
    }
}

// grad = later (gradient of sum, may be null) + gradient through the norm; grad_delta is the same in bfloat16.
void add_rms_backward(long n, long d, const float *restrict sum, const float *restrict weight, const float *restrict scale, const bf16 *restrict grad_out, const float *restrict later,
                      float *restrict grad, bf16 *restrict grad_delta, float *restrict grad_weight) {
    for (long i = 0; i < n; i++) {
        const float *s = sum + i * d;
        const bf16 *g = grad_out + i * d;
        float r = scale[i], dot = 0;
        for (long j = 0; j < d; j++) {
            float v = load(g[j]) * s[j] * r;
            grad_weight[j] += v;
            dot += v * weight[j];
        }
        dot *= r / d;
        for (long j = 0; j < d; j++) grad[i * d + j] = (later ? later[i * d + j] : 0) + r * (load(g[j]) * weight[j] - s[j] * dot);
        if (grad_delta)
            for (long j = 0; j < d; j++) grad_delta[i * d + j] = store(grad[i * d + j]);
    }
}

// out = silu(gate) * up, with rows [gate | up].
void swiglu_forward(long n, long f, const bf16 *restrict gate_up, bf16 *restrict out) {
    for (long i = 0; i < n; i++) {
        const bf16 *gate = gate_up + i * 2 * f, *up = gate + f;
        for (long j = 0; j < f; j++) {
            float g = load(gate[j]);
            out[i * f + j] = store(g / (1.0f + fast_exp(-g)) * load(up[j]));
        }
    }
}

void swiglu_backward(long n, long f, const bf16 *restrict gate_up, const bf16 *restrict grad, bf16 *restrict out) {
    for (long i = 0; i < n; i++) {
        const bf16 *gate = gate_up + i * 2 * f, *up = gate + f;
        bf16 *grad_gate = out + i * 2 * f, *grad_up = grad_gate + f;
        for (long j = 0; j < f; j++) {
            float g = load(gate[j]), y = load(grad[i * f + j]);
            float sigmoid = 1.0f / (1.0f + fast_exp(-g)), act = g * sigmoid;
            grad_up[j] = store(y * act);
            grad_gate[j] = store(y * load(up[j]) * (sigmoid + act * (1.0f - sigmoid)));
        }
    }
}

static inline void rotate(const bf16 *restrict in, bf16 *restrict out, const float *restrict cos, const float *restrict sin, long half, float sign) {
    for (long j = 0; j < half; j++) {
        float a = load(in[j]), b = load(in[j + half]);
        out[j] = store(a * cos[j] - sign * b * sin[j]);
        out[j + half] = store(b * cos[j] + sign * a * sin[j]);
    }
}

// Between rows [heads | keys | values] per token and rotated heads of [rows, head, length, size]; `back` undoes it.
void rope(long rows, long length, long heads, long kv, long size, const float *restrict cos, const float *restrict sin, bf16 *restrict qkv, bf16 *restrict q, bf16 *restrict k, bf16 *restrict v, int back) {
    long half = size / 2, width = (heads + 2 * kv) * size;
    for (long r = 0; r < rows; r++)
        for (long t = 0; t < length; t++) {
            bf16 *token = qkv + (r * length + t) * width;
            for (long h = 0; h < heads + 2 * kv; h++) {
                bf16 *in = token + h * size, *out;
                if (h < heads) out = q + ((r * heads + h) * length + t) * size;
                else if (h < heads + kv) out = k + ((r * kv + h - heads) * length + t) * size;
                else out = v + ((r * kv + h - heads - kv) * length + t) * size;
                bf16 *from = back ? out : in, *to = back ? in : out;
                if (h < heads + kv) rotate(from, to, cos + t * half, sin + t * half, half, back ? -1.0f : 1.0f);
                else memcpy(to, from, size * sizeof(bf16));
            }
        }
}

// In place: softmax over the keys that each query may see, zero for the others; n matrices of [length, length].
void softmax_forward(long n, long length, float scale, bf16 *restrict scores, float *restrict row) {
    for (long i = 0; i < n * length; i++) {
        bf16 *s = scores + i * length;
        long seen = i % length + 1;
        float top = -1e30f, sum = 0;
        for (long j = 0; j < seen; j++) {
            row[j] = load(s[j]) * scale;
            top = top > row[j] ? top : row[j];
        }
        for (long j = 0; j < seen; j++) {
            row[j] = fast_exp(row[j] - top);
            sum += row[j];
        }
        sum = 1.0f / sum;
        for (long j = 0; j < seen; j++) s[j] = store(row[j] * sum);
        memset(s + seen, 0, (length - seen) * sizeof(bf16));
    }
}

// In place: the gradient of the probabilities becomes that of the unscaled scores.
void softmax_backward(long n, long length, float scale, const bf16 *restrict p, bf16 *restrict grad) {
    for (long i = 0; i < n * length; i++) {
        const bf16 *a = p + i * length;
        bf16 *g = grad + i * length;
        long seen = i % length + 1;
        float dot = 0;
        for (long j = 0; j < seen; j++) dot += load(a[j]) * load(g[j]);
        for (long j = 0; j < seen; j++) g[j] = store(load(a[j]) * (load(g[j]) - dot) * scale);
        memset(g + seen, 0, (length - seen) * sizeof(bf16));
    }
}

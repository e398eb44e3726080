package sh.keptn.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.012345|0.0123", "1.0|1.0", "9.996|10.0", "99.94|99.9", "123.4|123", "28456.7|28,457"})
    void hasAsManyDigitsAsAMeasurementDeserves(double value, String text) {
        assertThat(Figure.of(value)).isEqualTo(text);
    }
}
